"""Prints a student's points, cell by cell, as JSON: grades.py DATABASE ASSIGNMENT STUDENT."""
import json
import sys

from nbgrader.api import Gradebook

database, assignment, student = sys.argv[1:]
with Gradebook(database) as gradebook:
    submission = gradebook.find_submission(assignment, student)
    print(
        json.dumps(
            [
                {
                    "notebook": notebook.name,
                    "cell": grade.name,
                    "auto": grade.auto_score,
                    "max": grade.max_score,
                    "needsPerson": bool(grade.needs_manual_grade),
                }
                for notebook in submission.notebooks
                for grade in notebook.grades
            ]
        )
    )
