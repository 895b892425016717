"""Parameters of papermill as TypeScript: `papermill homework.ipynb done.ipynb -p lr 0.01` writes `let lr = 0.01;`.

papermill has entry points for engines and none for translators, so this module is loaded as an engine's. It has a name of its
own, because `python -m papermill` would import a student's receptive.py from the notebook's folder.
"""
import json
import math
import re

from papermill.engines import NBClientEngine
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

DECLARATION = re.compile(
    r"^\s*(?:let|const|var)\s+(?P<name>[A-Za-z_$][\w$]*)\s*(?::\s*(?P<type>[^=]+?)\s*)?=(?!=)\s*(?P<value>.*?)\s*;?"
    r"\s*(?:(?<=[\s;])//\s*(?P<help>.*))?$"
)


class Engine(NBClientEngine):
    """papermill's own engine under our name."""


class TypeScriptTranslator(Translator):
    @classmethod
    def translate_escaped_str(cls, str_val):
        return json.dumps(str(str_val), ensure_ascii=False)

    @classmethod
    def translate_none(cls, val):
        return "null"

    @classmethod
    def translate_float(cls, val):
        if math.isnan(val):
            return "NaN"
        if math.isinf(val):
            return "Infinity" if val > 0 else "-Infinity"
        return repr(val)

    @classmethod
    def translate_dict(cls, val):
        entries = [f"{cls.translate_str(str(key))}: {cls.translate(item)}" for key, item in val.items()]
        return "{ " + ", ".join(entries) + " }" if entries else "{}"

    @classmethod
    def translate_list(cls, val):
        return "[" + ", ".join(map(cls.translate, val)) + "]"

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}".strip()

    @classmethod
    def assign(cls, name, str_val):
        return f"let {name} = {str_val};"

    @classmethod
    def inspect(cls, parameters_cell):
        """The parameters of a cell that declares one a line, for `papermill --help-notebook`."""
        found = map(DECLARATION.match, parameters_cell["source"].splitlines())
        return [
            Parameter(match["name"], match["type"] or "None", match["value"], (match["help"] or "").strip())
            for match in found
            if match
        ]


papermill_translators.register("receptive", TypeScriptTranslator)
papermill_translators.register("typescript", TypeScriptTranslator)
