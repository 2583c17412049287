"""embed.py FILE...: placement from Python with ctypes, nothing to install.

    LD_LIBRARY_PATH=/where/it/is/lib python3 embed.py person.json
"""

import ctypes
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from ctypes import POINTER, byref, c_char_p, c_int32, c_uint64, c_void_p
from pathlib import Path

ABI_MAJOR, ABI_MINOR = 1, 0
OK, NONE = 0, -1
LEVELS, RULES = 0, 1
DETERMINING, ALERTS = 3, 4
HOLDS = 2

library = ctypes.CDLL(f"libplacement.so.{ABI_MAJOR}")


def function(name, result, *arguments):
    found = getattr(library, f"placement_{name}")
    found.restype, found.argtypes = result, arguments
    return found


handle, out, length = c_void_p, POINTER(c_void_p), POINTER(c_uint64)
abi_check = function("abi_check", c_int32, c_int32, c_int32)
error_name = function("error_name", c_char_p, c_int32)
error_code = function("error_code", c_int32, handle)
fault_count = function("error_fault_count", c_int32, handle)
fault_where = function("error_fault_where", c_char_p, handle, c_int32, length)
fault_message = function("error_fault_message", c_char_p, handle, c_int32, length)
error_destroy = function("error_destroy", None, handle)
text_bytes = function("text_bytes", c_char_p, handle, length)
text_destroy = function("text_destroy", None, handle)
engine_default = function("engine_default", c_int32, c_void_p, out, out)
engine_release = function("engine_release", None, handle)
engine_pack = function("engine_pack", handle, handle)
recommend = function("engine_recommend", c_int32, handle, handle, out, out)
recommend_json = function("engine_recommend_json", c_int32, handle, c_char_p, c_uint64, out, out)
pack_id = function("pack_id", c_char_p, handle, length)
pack_item_text = function("pack_item_text", c_char_p, handle, c_int32, c_int32, length)
rule_urgency = function("pack_rule_urgency", c_int32, handle, c_int32)
rule_action = function("pack_rule_action", c_char_p, handle, c_int32, length)
urgency_name = function("urgency_name", c_char_p, c_int32)
field_question = function("field_question", c_char_p, c_int32, length)
assessment_read = function("assessment_read", c_int32, c_char_p, c_uint64, out, out)
assessment_destroy = function("assessment_destroy", None, handle)
result_destroy = function("result_destroy", None, handle)
result_pack = function("result_pack", handle, handle)
result_status = function("result_status", c_int32, handle)
status_name = function("status_name", c_char_p, c_int32)
result_level = function("result_level", c_int32, handle)
result_count = function("result_count", c_int32, handle, c_int32)
result_item = function("result_item", c_int32, handle, c_int32, c_int32)
result_state = function("result_state", c_int32, handle, c_int32, c_int32)
next_question = function("result_next_question", c_int32, handle)


class Refused(Exception):
    """An input that the library does not take: its code, and (place, message) of each fault."""

    def __init__(self, error):
        self.code = error_name(error_code(error)).decode()
        self.faults = [(fault_where(error, i, None).decode(), fault_message(error, i, None).decode())
                       for i in range(fault_count(error))]
        error_destroy(error)
        super().__init__(self.code)


def made(call, *arguments):
    """The handle that a call makes through its second last parameter."""
    new, error = c_void_p(), c_void_p()
    if call(*arguments, byref(new), byref(error)) != OK:
        raise Refused(error)
    return new


class Engine:
    """Make one and keep it; all threads may use it. ctypes lets other threads run while the library works."""

    def __init__(self):
        self._engine = made(engine_default, None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        engine_release(self._engine)

    def pack_id(self):
        return pack_id(engine_pack(self._engine), None).decode()

    def recommend(self, data):
        """The whole answer as a tree, from JSON as bytes."""
        answer = made(recommend_json, self._engine, data, len(data))
        try:
            return json.loads(text_bytes(answer, None))
        finally:
            text_destroy(answer)

    def place(self, data):
        """The short answer, a few lines."""
        person = made(assessment_read, data, len(data))
        try:
            result = made(recommend, self._engine, person)
        finally:
            assessment_destroy(person)
        try:
            return list(lines_of(result))
        finally:
            result_destroy(result)


def lines_of(result):
    pack = result_pack(result)
    yield f"status: {status_name(result_status(result)).decode()}"
    if (level := result_level(result)) != NONE:
        yield f"level: {pack_item_text(pack, LEVELS, level, None).decode()}"
    for i in range(result_count(result, DETERMINING)):
        yield f"because: {pack_item_text(pack, RULES, result_item(result, DETERMINING, i), None).decode()}"
    for i in range(result_count(result, ALERTS)):
        rule = result_item(result, ALERTS, i)
        if result_state(result, RULES, rule) == HOLDS:
            urgency = urgency_name(rule_urgency(pack, rule)).decode()
            yield f"alert, {urgency}: {rule_action(pack, rule, None).decode()}"
    if (question := next_question(result)) != NONE:
        yield f"ask: {field_question(question, None).decode()}"


def main():
    if abi_check(ABI_MAJOR, ABI_MINOR) != OK:
        sys.exit("another version of libplacement is needed")
    with Engine() as engine:
        print(f"rules: {engine.pack_id()}")
        people = [Path(path).read_bytes() for path in sys.argv[1:]]  # the library says what is no UTF-8
        for person in [*people, b'{"cows_score": 99, "housing": "castle"}']:
            try:
                print("\n".join(engine.place(person)))
            except Refused as refused:
                print(f"refused: {refused.code}")
                for where, message in refused.faults:
                    print(f"  {where}: {message}")
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(engine.recommend, [b"{}"] * 4))
        print("4 threads", "agree" if all(a == engine.recommend(b"{}") for a in answers) else "differ")


if __name__ == "__main__":
    main()
