"""Runs nbgrader's commands in one process, because loading nbgrader takes longer than most of them.

Reads a JSON object a line, `{"arguments": [...], "folder": "..."}`, runs the command in the folder and answers with a line of
JSON, `{"code": exit code, "log": what it said}`.
"""
import io
import json
import logging
import os
import sys

from jupyter_core.application import NoStart
from nbgrader.apps import NbGraderApp


def run(arguments, folder):
    os.chdir(folder)
    log = io.StringIO()
    app = NbGraderApp.instance()
    code = 0
    try:
        app.initialize(arguments)
        app.init_logging(logging.StreamHandler, [log], color=False, subapps=True)
        app.start()
    except NoStart:  # a subcommand has run
        pass
    except SystemExit as error:
        code = error.code or 0
    finally:
        app.reset()
    return {"code": code, "log": log.getvalue()}


answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
for line in sys.stdin:
    print(json.dumps(run(**json.loads(line))), file=answers, flush=True)
