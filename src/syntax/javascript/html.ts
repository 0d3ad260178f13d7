/** A script of a page: what stands between its tags, or the file it names. */
export interface PageScript {
  readonly source: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** Types of scripts that are not programs: templates, shaders, JSON. */
const PROGRAM = /^(?:|module|text\/javascript|application\/javascript|text\/ecmascript|text\/babel|text\/typescript)$/i;

/** The scripts of a page in their order. HTML ends a script at the first `</script`, whatever stands around it. */
export function scriptsOf(html: string): PageScript[] {
  const scripts: PageScript[] = [];
  const tag = /<!--[\s\S]*?-->|<script\b([^>]*)>/gi;
  for (let match = tag.exec(html); match; match = tag.exec(html)) {
    if (match[1] === undefined) continue;
    const start = tag.lastIndex;
    const closing = html.slice(start).search(/<\/script/i);
    const end = closing < 0 ? html.length : start + closing;
    tag.lastIndex = end;
    if (PROGRAM.test(attribute(match[1], "type") ?? "")) scripts.push({ source: attribute(match[1], "src"), start, end });
  }
  return scripts;
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, "i").exec(tag);
  return found ? (found[1] ?? found[2] ?? found[3]) : undefined;
}

/** The page's scripts as one program, all else blank: every offset stays that of the page. */
export function scriptText(html: string): string {
  let text = "";
  let at = 0;
  for (const { start, end } of scriptsOf(html)) {
    text += blank(html.slice(at, start)) + html.slice(start, end);
    at = end;
  }
  return text + blank(html.slice(at));
}

const blank = (text: string): string => text.replace(/[^\n\r]/g, " ");
