import { escaped } from "../text/html";

/** Colours that stand out on light and on dark pages. */
const colours = { comment: "#7a8791", number: "#b5651d", word: "#8250df", builtin: "#1f7a8c" };

const words =
  /^(?:function|const|let|var|for|if|else|return|while|this|fn|struct|true|false|i32|f32|u32|vec[234]|array)$/;
const builtins = /^(?:Math|constants|thread|params|threadGid|workgroup_size)$/;

/** JavaScript or WGSL as HTML that needs no script and no style from outside: comments, words and numbers coloured. */
export function highlighted(text: string): string {
  const pieces = text.match(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|[A-Za-z_$][\w$]*|\d[\w.]*|\s+|[^\s]/g) ?? [];
  const coloured = pieces.map((piece) => {
    const colour = colourOf(piece);
    return colour ? `<span style="color:${colour}">${escaped(piece)}</span>` : escaped(piece);
  });
  return `<pre style="line-height:1.35;overflow:auto;max-height:32em">${coloured.join("")}</pre>`;
}

function colourOf(piece: string): string | null {
  if (piece.startsWith("//") || piece.startsWith("/*")) return colours.comment;
  if (/^\d/.test(piece)) return colours.number;
  if (words.test(piece)) return colours.word;
  return builtins.test(piece) ? colours.builtin : null;
}
