"""Technical debt grading of Python files.

Two figures stand side by side. The *technical debt grade* follows the published formula of the `pmat` tool to the letter (0 to
100, higher is better), so that its numbers can be compared; per function the same components are taken over the function's own
text, which is our reading and labelled so. The *readiness* is ours: the share of a file that will translate, which only rises
when obstacles go.

`counts` reads the tree, `components/` holds one scoring rule a file, `bands` the letters, `grading` the sum, `readiness` our
figure.
"""

from batuta.quality.grading import Grade, grade_file, grade_functions
from batuta.quality.readiness import Readiness, measure_readiness

__all__ = ["Grade", "Readiness", "grade_file", "grade_functions", "measure_readiness"]
