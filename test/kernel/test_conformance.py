"""jupyter_kernel_test for the kernel `receptive`; conformance.test.ts runs it with JUPYTER_PATH set to a fresh kernelspec."""

import unittest

import jupyter_kernel_test


class ReceptiveKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "receptive"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    code_generate_error = "throw new RangeError('boom')"
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "[1, 2].map((x) => x * 2)", "result": "[ 2, 4 ]"},
    ]
    code_display_data = [
        {
            "code": "display({ [Symbol.for('Jupyter.display')]: () => ({ 'image/png': 'aGk=', 'text/plain': 'a' }) }); 0",
            "mime": "image/png",
        },
    ]
    code_page_something = "help('Math.max')"
    code_clear_output = "console.log('gone'); clearOutput()"
    code_inspect_sample = "Math.max"
    completion_samples = [
        {"text": "Math.ma", "matches": ["max"]},
        {"text": "consol", "matches": ["console"]},
    ]
    complete_code_samples = ["1", "const a = 1", "function f(x: number) {\n  return x;\n}", "await Promise.resolve(1)"]
    incomplete_code_samples = ["function f() {", "const a = [1,", "foo(", "`abc", "/* open", "const x ="]
    invalid_code_samples = ["foo bar baz", "const = 3", "1 +* 2"]
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "1 ? 2*"


if __name__ == "__main__":
    unittest.main(verbosity=2)
