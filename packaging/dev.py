"""Sets ChainBrain up from a fresh clone and runs, tests, photographs or measures it.

    python3 packaging/dev.py run          open the window on the demo chain; without a display the same in the terminal
    python3 packaging/dev.py test         all checks and tests; further words go to pytest
    python3 packaging/dev.py lint         the checks only
    python3 packaging/dev.py screens DIR  every page of the demo book as PNG
    python3 packaging/dev.py bench        the measured comparisons; further words choose among them
    python3 packaging/dev.py setup        only prepare the environment

Needs nothing but Python 3.11 to 3.13: standard library only, and readable for an older Python, so that it gets a
sentence instead of a traceback.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
STAMP = VENV / "chainbrain-setup.json"
DEMO = ROOT / "demo"
WINDOWS = os.name == "nt"

OLDEST, FIRST_UNKNOWN = (3, 11), (3, 14)

# What PySide6-Essentials links against and its wheel does not bring, with the Debian and Ubuntu package that does.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
}
# What a window on X11 wants in addition.
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


class Check(NamedTuple):
    """One section of the test command."""

    title: str
    command: list[str]


def say(chinese: str, english: str) -> None:
    """Tell what happens, in both languages."""
    print(f"» {chinese}\n  {english}", flush=True)


def give_up(chinese: str, english: str) -> NoReturn:
    """Say whose turn it is and stop."""
    print(f"✗ {chinese}\n  {english}", file=sys.stderr, flush=True)
    raise SystemExit(1)


def python_fits(version: Sequence[int]) -> bool:
    """Whether the locked packages exist for this Python."""
    return OLDEST <= tuple(version[:2]) < FIRST_UNKNOWN


def check_python() -> None:
    """Refuse a Python for which the locked packages do not exist, and name a better one if there is one."""
    if python_fits(sys.version_info[:2]):
        return
    better = next((f"python3.{minor}" for minor in (13, 12, 11) if shutil.which(f"python3.{minor}")), "")
    hint = (f"请改用 {better}。", f"Use {better} instead.") if better else ("请安装 3.13。", "Please install 3.13.")
    give_up(
        f"链脑需要 Python 3.11 至 3.13，当前是 {platform.python_version()}。{hint[0]}",
        f"ChainBrain needs Python 3.11 to 3.13; this is {platform.python_version()}. {hint[1]}",
    )


def venv_program(name: str) -> Path:
    """The path of a program inside the environment."""
    return VENV / "Scripts" / f"{name}.exe" if WINDOWS else VENV / "bin" / name


def digest(path: Path) -> str:
    """SHA-256 of a text file, the same with either line ending."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def wanted_stamp() -> dict[str, str]:
    """What the environment has to be made from; a difference in any part means work."""
    return {
        "packages": digest(LOCK),
        "project": digest(PROJECT),
        "python": f"{sys.version_info[0]}.{sys.version_info[1]} {platform.machine()}",
        "place": str(ROOT),
    }


def read_stamp() -> dict[str, str]:
    """What the environment was made from; empty when it was never finished."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def succeeds(command: Sequence[str]) -> bool:
    """Whether a command can be started and ends well; its output is not shown."""
    try:
        return (
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0
        )
    except OSError:
        return False


def venv_works() -> bool:
    """Whether the environment's Python starts, has our version and can install."""
    test = f"import sys, pip; raise SystemExit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    return succeeds([str(venv_program("python")), "-c", test])


def make_venv() -> None:
    """Make an empty environment, replacing a broken one."""
    say("正在建立运行环境 .venv", "Making the environment .venv")
    if VENV.exists():
        shutil.rmtree(VENV)
    if importlib.util.find_spec("ensurepip") is None:  # Debian and Ubuntu keep it in a package of its own
        install_debian([f"python3.{sys.version_info[1]}-venv"])
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
    if made.returncode or not venv_works():
        give_up(
            "建立运行环境失败。Debian/Ubuntu 请先安装 python3-venv，再运行一次。",
            "The environment could not be made. On Debian/Ubuntu install python3-venv, then run this again.",
        )


def pip(*words: str) -> bool:
    """Install something into the environment."""
    base = [str(venv_program("python")), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    return subprocess.run([*base, *words], cwd=ROOT, check=False).returncode == 0


def prepare() -> None:
    """Bring the environment to what the lock says; instant when it is there already."""
    wanted, found = wanted_stamp(), read_stamp()
    if found == wanted and venv_program("chainbrain").exists() and venv_works():
        return
    if not venv_works() or (found and (found["python"], found["place"]) != (wanted["python"], wanted["place"])):
        make_venv()
        found = {}
    if found.get("packages") != wanted["packages"]:
        say(
            "正在安装锁定版本的组件（第一次需要几分钟）",
            "Installing the locked packages (takes minutes the first time)",
        )
        if not pip("--require-hashes", "--only-binary=:all:", "-r", str(LOCK)):
            give_up(
                "组件没有装好。请检查网络或 pip 的镜像设置，再运行一次；总是失败就先删除 .venv 文件夹。",
                "The packages were not installed. Check the network or pip's mirror settings and run this again; "
                "if it keeps failing, delete the folder .venv first.",
            )
    if not pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT)):
        give_up("链脑自身没有装好，原因见上。", "ChainBrain itself was not installed; the reason stands above.")
    STAMP.write_text(json.dumps(wanted, indent=1), encoding="utf-8")


def loads(library: str) -> bool:
    """Whether the system's loader finds a shared library: the only question that matters, whatever package has it."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(libraries: dict[str, str], present: Callable[[str], bool] = loads) -> list[str]:
    """The Debian packages of the libraries that are not there."""
    return [package for library, package in libraries.items() if not present(library)]


def administrator() -> tuple[bool, list[str]]:
    """Whether packages can be installed without asking anybody, and the words to put before the command."""
    if WINDOWS or shutil.which("apt-get") is None:
        return False, []
    if os.geteuid() == 0:
        return True, []
    return (True, ["sudo", "-n"]) if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]) else (False, [])


def install_debian(packages: list[str]) -> None:
    """Install system packages, or say which ones somebody has to install."""
    allowed, before = administrator()
    words = " ".join(packages)
    if allowed:
        say(f"正在安装系统组件：{words}", f"Installing system packages: {words}")
        environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
        quiet = ["-qq", "-o", "Dpkg::Use-Pty=0"]
        subprocess.run([*before, *environment, "apt-get", *quiet, "update"], check=False)
        install = [*before, *environment, "apt-get", *quiet, "install", "-y", "--no-install-recommends", *packages]
        if subprocess.run(install, stdout=subprocess.DEVNULL, check=False).returncode == 0:
            return
    give_up(
        f"缺少系统组件，本程序无权安装。请管理员执行：sudo apt-get install {words}（其他系统安装同名的库）。",
        f"System packages are missing and could not be installed here. Ask for: sudo apt-get install {words} "
        "(on other systems the libraries of these names).",
    )


def need_libraries(window: bool) -> None:
    """Make sure Qt can be loaded, and with a window also shown; only Linux leaves this to us."""
    if sys.platform != "linux":
        return
    missing = missing_packages({**LIBRARIES, **WINDOW_LIBRARIES} if window else LIBRARIES)
    if missing:
        install_debian(missing)


def environment(offscreen: bool = False) -> dict[str, str]:
    """The variables our programs run with: nothing of a foreign Python, UTF-8, and no display where none is wanted."""
    variables = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "PYTHONHOME"}}
    variables.update(PYTHONUTF8="1", PYTHONNOUSERSITE="1")
    if offscreen:
        variables["QT_QPA_PLATFORM"] = "offscreen"
        if sys.platform == "linux" and not variables.get("XDG_RUNTIME_DIR"):  # Qt warns without it
            runtime = VENV / "runtime"
            runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
            variables["XDG_RUNTIME_DIR"] = str(runtime)
    return variables


def call(command: Sequence[str], offscreen: bool = False) -> int:
    """Run one of our programs from the project's folder and return its exit status."""
    try:
        return subprocess.run(command, cwd=ROOT, env=environment(offscreen), check=False).returncode
    except KeyboardInterrupt:
        return 130


def has_display() -> bool:
    """Whether there is a screen to open a window on."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def window_opens() -> bool:
    """Whether Qt reaches the display; one that is only named in a variable would abort the program."""
    test = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    return sys.platform != "linux" or succeeds([str(venv_program("python")), "-c", test])


def demo_book() -> Path | None:
    """The demo chain's book, if it was made to the end."""
    return next(iter(sorted((DEMO / "chain").glob("*.chainbrain"))), None) if (DEMO / "ready").exists() else None


def make_demo(more: Sequence[str] = ()) -> int:
    """Generate, import, reconcile and analyse the demo chain; a half-made one is made again."""
    if (DEMO / "chain").exists():
        shutil.rmtree(DEMO / "chain")
    DEMO.mkdir(exist_ok=True)
    (DEMO / "ready").unlink(missing_ok=True)
    say("正在生成演示连锁并对账（约一两分钟）", "Making and reconciling the demo chain (a minute or two)")
    status = call([str(venv_program("chainbrain")), "demo", str(DEMO / "chain"), *more])
    if status == 0:
        (DEMO / "ready").write_text("The demo chain in the folder beside was made to the end.\n", encoding="utf-8")
    return status


def run(arguments: argparse.Namespace) -> int:
    """Open the window on the demo chain, or do its job in the terminal."""
    wish = not arguments.terminal and has_display()
    if wish:
        need_libraries(window=True)
    prepare()
    if wish and not window_opens():
        say("无法连接显示器，改在终端运行", "The display cannot be reached; going on in the terminal")
        wish = False
    book = demo_book()
    if book is None:
        status = make_demo(arguments.more)
        book = demo_book()
        if status or book is None:
            return status or 1
    elif not wish:
        say("演示连锁已经生成过，现在的状况：", "The demo chain is there already; how it stands:")
        call([str(venv_program("chainbrain")), "status", str(book)])
    if wish:
        return call([str(venv_program("chainbrain")), "open", str(book)])
    say(f"结果在 {DEMO / 'chain'}（账本 {book.name}）；重新生成请先删除 {DEMO}", f"The results are in {DEMO / 'chain'}")
    return 0


def lint_checks() -> list[Check]:
    """The checks that read the code without running it."""
    python = str(venv_program("python"))
    return [
        Check("ruff check", [python, "-m", "ruff", "check", "."]),
        Check("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        Check("mypy --strict", [python, "-m", "mypy"]),
        Check("import-linter", [str(venv_program("lint-imports"))]),
    ]


def run_checks(checks: Sequence[Check]) -> int:
    """Run every check even if one fails, and sum up; 0 only when all are well."""
    results = []
    for check in checks:
        print(f"\n━━━━ {check.title} " + "━" * (60 - len(check.title)), flush=True)
        start = time.monotonic()
        status = call(check.command, offscreen=True)
        results.append((check.title, status, time.monotonic() - start))
        if status == 130:  # interrupted: nobody wants to see the rest
            break
    print("\n━━━━ " + "结果 / summary " + "━" * 45)
    for title, status, seconds in results:
        print(f"{'✓' if status == 0 else '✗'} {title:<16} {seconds:6.1f} s" + (f"   exit {status}" if status else ""))
    return 0 if all(status == 0 for _, status, _ in results) else 1


def test(arguments: argparse.Namespace) -> int:
    """All checks and tests; words given go to pytest."""
    need_libraries(window=False)
    prepare()
    # The tests of one file stay together: what a file makes once would otherwise be made by both. A half that falls is
    # not replaced: with files kept together the one that takes its place may wait for work for ever.
    halves = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "--max-worker-restart", "0"]
    pytest = [str(venv_program("python")), "-m", "pytest", *halves, *arguments.more]
    return run_checks([*lint_checks(), Check("pytest", pytest)])


def lint(_: argparse.Namespace) -> int:
    """The checks without the tests."""
    prepare()
    return run_checks(lint_checks())


def screens(arguments: argparse.Namespace) -> int:
    """Render every page of the demo book into a folder."""
    need_libraries(window=False)
    prepare()
    if demo_book() is None and make_demo():
        return 1
    code = "import sys, pathlib, ui.screens; ui.screens.render_all(*map(pathlib.Path, sys.argv[1:]))"
    target = Path(arguments.directory).absolute()
    return call([str(venv_program("python")), "-c", code, str(target), str(demo_book())], offscreen=True)


def bench(arguments: argparse.Namespace) -> int:
    """Run the measured comparisons one after another; names given choose among them."""
    need_libraries(window=False)
    prepare()
    found = sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py"))
    chosen = [path for path in found if not arguments.more or any(name in path.name for name in arguments.more)]
    return run_checks([Check(path.stem, [str(venv_program("python")), str(path)]) for path in chosen])


def setup(_: argparse.Namespace) -> int:
    """Prepare the environment and the libraries, start nothing."""
    need_libraries(window=has_display())
    prepare()
    return 0


def main() -> int:
    """Read the command and do it."""
    for stream in (sys.stdout, sys.stderr):  # a console that cannot show Chinese must not stop the work
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    check_python()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True, metavar="run|test|lint|screens|bench|setup")
    for action in (run, test, lint, screens, bench, setup):
        entry = commands.add_parser(action.__name__, help=action.__doc__)
        entry.set_defaults(action=action)
        if action is run:
            entry.add_argument("--terminal", action="store_true", help="no window, even if there is a display")
        if action is screens:
            entry.add_argument("directory")
    arguments, more = parser.parse_known_args()
    if more and arguments.action not in (run, test, bench):
        parser.error("unknown: " + " ".join(more))
    arguments.more = more
    status: int = arguments.action(arguments)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
