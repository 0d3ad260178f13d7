import { UserError } from "../base/userError.js";
import { type ChosenEngine, chooseEngine } from "../engine/choose.js";
import type { TrainerSettings } from "../protocol/trainer.js";
import type { Work } from "./task.js";

/** The engine for some work: the one of the settings; a run taken up again keeps its own, with its threads, as far as they leave it open. */
export async function engineOf(work: Work, settings: TrainerSettings): Promise<ChosenEngine> {
  if (work.work === "begin" || settings.engine !== "auto") return chooseEngine(settings);
  const { name, threads } = work.record.engine;
  if (name === "reference") return chooseEngine(settings);
  try {
    return await chooseEngine({ ...settings, engine: name, threads: settings.threads ?? threads });
  } catch (error) {
    if (error instanceof UserError) return chooseEngine(settings);
    throw error;
  }
}
