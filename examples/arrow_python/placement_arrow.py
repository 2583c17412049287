"""placement_arrow.py: scores cohorts for whatever speaks Arrow's PyCapsule interface (pyarrow, polars, pandas, duckdb).

    table = pyarrow.table(placement_arrow.Scored(people))     # or polars.DataFrame(...), or pandas through pyarrow

`people` has a column for each field that is known, and perhaps an `id`. Needs libplacement.so.1 and nothing else.
"""

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int32, c_uint32, c_void_p

library = ctypes.CDLL("libplacement.so.1")
NAME = b"arrow_array_stream"
DESTRUCTOR = ctypes.PYFUNCTYPE(None, c_void_p)
new_capsule = ctypes.PYFUNCTYPE(ctypes.py_object, c_void_p, c_char_p, DESTRUCTOR)(("PyCapsule_New", ctypes.pythonapi))
pointer_of = ctypes.PYFUNCTYPE(c_void_p, c_void_p, c_char_p)(("PyCapsule_GetPointer", ctypes.pythonapi))


class Stream(ctypes.Structure):
    pass


Stream._fields_ = [("get_schema", c_void_p), ("get_next", c_void_p), ("get_last_error", c_void_p),
                   ("release", ctypes.CFUNCTYPE(None, POINTER(Stream))), ("private_data", c_void_p)]


class Options(ctypes.Structure):
    _fields_ = [(name, c_uint32) for name in ("struct_size", "columns", "ignore_unknown_columns", "reserved")]


for name in ("code", "fault_count"):
    getattr(library, f"placement_error_{name}").argtypes = [c_void_p]
for name in ("fault_where", "fault_message"):
    getattr(library, f"placement_error_{name}").argtypes = [c_void_p, c_int32, c_void_p]
    getattr(library, f"placement_error_{name}").restype = c_char_p
library.placement_error_destroy.argtypes = [c_void_p]
library.placement_score_stream.argtypes = [c_void_p] * 5

engine = c_void_p()  # one for all, for good
library.placement_engine_default(None, byref(engine), None)
living = {}  # the structures that capsules point to


@DESTRUCTOR
def forget(capsule):
    stream = living.pop(pointer_of(capsule, NAME))
    if stream.release:  # nobody took it over
        stream.release(byref(stream))


class Scored:
    """The rows of `people`, scored batch by batch as they are read; as often as `people` can be read."""

    def __init__(self, people, columns=0, ignore_unknown_columns=False):
        self.people, self.options = people, Options(ctypes.sizeof(Options), columns, ignore_unknown_columns, 0)

    def __arrow_c_stream__(self, requested_schema=None):
        given, scored, error = self.people.__arrow_c_stream__(), Stream(), c_void_p()
        library.placement_score_stream(engine, byref(self.options), pointer_of(id(given), NAME), byref(scored), byref(error))
        if error:
            faults = [b": ".join((library.placement_error_fault_where(error, i, None),
                                  library.placement_error_fault_message(error, i, None))).decode()
                      for i in range(library.placement_error_fault_count(error))]
            library.placement_error_destroy(error)
            raise ValueError("; ".join(faults))
        living[ctypes.addressof(scored)] = scored
        return new_capsule(ctypes.addressof(scored), NAME, forget)
