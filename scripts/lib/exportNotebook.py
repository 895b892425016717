"""Writes a notebook as one HTML page, with its stored outputs; formulas are left as <span class="formula">, for katex to set.

Usage: exportNotebook.py page|slides NOTEBOOK OUTPUT TEMPLATES REVEAL, the last two folders: the project's templates of nbconvert,
and the npm package reveal.js.
"""
import re
import sys
from pathlib import Path

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter, SlidesExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


def formula(tex: str, display: bool) -> str:
    escaped = tex.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<span class="formula{" display" if display else ""}">{escaped}</span>'


class Renderer(IPythonRenderer):
    def block_math(self, body):
        return formula(body, True)

    def inline_math(self, body):
        return formula(body, False)

    def latex_environment(self, name, body):
        return formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", True)

    def _html_embed_images(self, html):
        # It closes what a piece of HTML leaves open, such as <details>, whose end comes after Markdown.
        return super()._html_embed_images(html) if "<img" in html else html


@pass_context
def markdown2html(context, source):
    """Markdown with pictures in the page: files beside the notebook and attachments."""
    path = context.get("resources", {}).get("metadata", {}).get("path", "")
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = Renderer(escape=False, embed_images=True, path=path, attachments=attachments, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


def reveal(folder: Path) -> dict:
    """The style sheet and scripts of reveal.js, as they may stand in a page."""
    scripts = [folder / "dist" / "reveal.js", folder / "plugin" / "notes" / "notes.js"]
    js = "\n".join(script.read_text(encoding="utf-8") for script in scripts)
    js = re.sub(r"//# sourceMappingURL=\S+", "", js).replace("</script", "<\\/script")
    return {"css": (folder / "dist" / "reveal.css").read_text(encoding="utf-8"), "js": js}


def main(kind: str, source: str, target: str, templates: str, reveal_folder: str) -> None:
    slides = kind == "slides"
    exporter = (SlidesExporter if slides else HTMLExporter)(
        template_name="receptive-slides" if slides else "receptive",
        extra_template_basedirs=[templates],
        extra_template_paths=[templates],
    )
    exporter.register_filter("markdown2html", markdown2html)
    resources = {"metadata": {"path": str(Path(source).parent), "name": Path(source).stem}}
    if slides:
        resources["reveal"] = reveal(Path(reveal_folder))
    html, _ = exporter.from_filename(source, resources=resources)
    Path(target).write_text(html, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
