import type { ScheduleConfig } from "../model/training.js";

/** From 1 down to 0 along half a cosine as `progress` goes from 0 to 1. */
const halfCosine = (progress: number): number => (1 + Math.cos(Math.PI * progress)) / 2;

const between = (low: number, high: number, share: number): number => low + (high - low) * share;

/** The learning rate for a step, counted from 1 to totalSteps (Loshchilov and Hutter, 2017, for cosine; Smith, 2018, for oneCycle). */
export function learningRateAt(
  schedule: ScheduleConfig,
  baseRate: number,
  step: number,
  totalSteps: number,
  stepsPerEpoch: number,
): number {
  return baseRate * factorAt(schedule, step - 1, totalSteps - 1, stepsPerEpoch);
}

/** `done` of `last` steps lie behind: the first step has 0 of them, the last one all. */
function factorAt(schedule: ScheduleConfig, done: number, last: number, stepsPerEpoch: number): number {
  const progress = last > 0 ? Math.min(1, done / last) : 0;
  const epochs = done / stepsPerEpoch;
  switch (schedule.type) {
    case "constant":
      return 1;
    case "step":
      return schedule.factor ** Math.floor(epochs / schedule.everyEpochs);
    case "exponential":
      return schedule.factor ** epochs;
    case "cosine":
      return between(schedule.finalFactor, 1, halfCosine(progress));
    case "warmUp":
      return Math.min(1, (done + 1) / (schedule.epochs * stepsPerEpoch));
    case "oneCycle": {
      const { warmUpFraction, startFactor, finalFactor } = schedule;
      if (progress < warmUpFraction) return between(startFactor, 1, 1 - halfCosine(progress / warmUpFraction));
      if (warmUpFraction === 1) return 1;
      return between(finalFactor, 1, halfCosine((progress - warmUpFraction) / (1 - warmUpFraction)));
    }
  }
}
