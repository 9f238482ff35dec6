import gc
import subprocess
import sys

from chainbrain.importers.registry import FORMATS
from ui.loaded import load_engine, pass_over


def test_what_is_loaded_is_passed_over_by_the_collector_and_garbage_is_not_kept():
    class Kept:
        pass

    lost = Kept()
    lost.me = lost
    of_ours = sum(isinstance(one, Kept) for one in gc.get_objects())
    del lost
    try:
        formats = load_engine()
        pass_over()
        assert formats == tuple(sorted({item.format for item in FORMATS}))
        assert gc.get_freeze_count() > 50_000
        assert len(gc.get_objects()) < 5_000
        gc.unfreeze()
        assert (of_ours, sum(isinstance(one, Kept) for one in gc.get_objects())) == (1, 0)
    finally:
        gc.unfreeze()


def test_the_engine_is_ready_for_the_first_columns():
    # In a process of its own: here others have loaded it long ago.
    here = "print('pyarrow' in sys.modules)"
    asked = f"import sys, ui.loaded; {here}; ui.loaded.load_engine(); {here}"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "True"]
