# The course of the six homeworks. A teacher copies this folder, sets course_id, and has the course's database beside it.
from pathlib import Path

c = get_config()
c.CourseDirectory.root = str(Path.cwd())
c.CourseDirectory.course_id = "receptive"
# Seconds that a cell may take; those of the solutions take less than ten on two cores.
c.ExecutePreprocessor.timeout = 30
# What students find in the place of a solution.
c.ClearSolutions.code_stub = {
    "typescript": '// YOUR CODE HERE\nthrow new Error("No answer given.");',
    "python": "# YOUR CODE HERE\nraise NotImplementedError()",
}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"
