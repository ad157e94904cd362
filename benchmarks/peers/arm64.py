"""An arm64 Linux for QEMU's user-mode emulator: Debian's Python and C library, and
the engines' packages for arm64, all in folders of their own.

Debian's packages come from the distribution that this machine has, through an apt
with lists of its own; nothing is installed on the machine.
"""

import shutil
import subprocess

from peers.engines import BENCHMARKS
from peers.installs import last_line

CPU = "cortex-a76"
PACKAGES = ("python3-minimal", "libpython3-stdlib", "libstdc++6", "libgomp1")

# Of CPU, as Linux describes it: engines decide by it which kernels they take.
CPUINFO = """\
processor\t: 0
BogoMIPS\t: 100.00
Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm \
lrcpc dcpop asimddp
CPU implementer\t: 0x41
CPU architecture: 8
CPU variant\t: 0x4
CPU part\t: 0xd0b
CPU revision\t: 1
"""

APT = """\
APT::Architecture "arm64";
APT::Architectures {{ "arm64"; }};
APT::Sandbox::User "root";
Dir::State "{apt}";
Dir::State::status "/dev/null";
Dir::Cache "{apt}";
"""


def folder(build):
    return build / "benchmarks" / "arm64"


def root_of(build):
    """The emulated system's root."""
    return folder(build) / "root"


def packages_of(engine, build):
    """Where the engine's Python packages are."""
    return folder(build) / engine.name


def _run(command, **options):
    """Why it failed, in one line, or None."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          check=False, **options)
    return last_line(done.stderr) if done.returncode else None


def _unpack(root, apt):
    for part in ("lists/partial", "archives/partial"):
        (apt / part).mkdir(parents=True, exist_ok=True)
    settings = apt / "apt.conf"
    settings.write_text(APT.format(apt=apt), encoding="utf-8")
    environment = {"PATH": "/usr/bin:/bin", "APT_CONFIG": str(settings)}
    # What other sources than Debian's lack for arm64 is no error here.
    _run(["apt-get", "update", "-q"], env=environment)
    problem = _run(["apt-get", "install", "-q", "-y", "--download-only",
                    "--no-install-recommends", *PACKAGES], env=environment)
    for package in sorted((apt / "archives").glob("*.deb")):
        problem = problem or _run(["dpkg-deb", "-x", package, root])
    return problem


def make_root(build):
    """What was in the way, in one line, or None. Quick where it is all there."""
    missing = [tool for tool in ("apt-get", "dpkg-deb", "qemu-aarch64") if not shutil.which(tool)]
    if missing:
        return f"{', '.join(missing)}: not found; this needs Debian and its qemu-user"
    stamp = root_of(build) / "unpacked"
    wanted = " ".join(PACKAGES)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return None
    problem = _unpack(root_of(build), folder(build).resolve() / "apt")
    if problem:
        return problem
    (root_of(build) / "proc").mkdir(exist_ok=True)
    (root_of(build) / "proc/cpuinfo").write_text(CPUINFO, encoding="utf-8")
    stamp.write_text(wanted, encoding="utf-8")
    return None


def python_of(build):
    """The emulated interpreter, under the name that has its version."""
    return (root_of(build) / "usr/bin/python3").resolve()


def install(engine, build):
    """What was in the way, in one line, or None: the pins of the engine's
    requirements, as packages for arm64."""
    target = packages_of(engine, build)
    stamp = target / "requirements.txt"
    wanted = engine.requirements.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return None
    shutil.rmtree(target, ignore_errors=True)
    version = python_of(build).name.removeprefix("python")
    # Up to the C library of Debian 12.
    platforms = ["manylinux2014_aarch64"] + [f"manylinux_2_{n}_aarch64" for n in range(17, 37)]
    problem = _run(
        [build / "benchmarks/venv/bin/python", "-m", "pip", "install", "-q", "--no-deps",
         "--disable-pip-version-check", "--only-binary=:all:", "--implementation", "cp",
         "--python-version", version, "--target", target, "-r", engine.requirements,
         *(f"--abi={abi}" for abi in ("cp" + version.replace(".", ""), "abi3", "none")),
         *(f"--platform={platform}" for platform in platforms)])
    if problem:
        return "cannot install: " + problem
    stamp.write_text(wanted, encoding="utf-8")
    return None


def emulated(build, counts, *command):
    """`command`, an arm64 program and its arguments, in the emulator, which writes
    what it executed to the file `counts`."""
    return ["qemu-aarch64", "-cpu", CPU, "-L", root_of(build), "-plugin",
            f"{build / 'bin/mobileone-count.so'},output={counts}", *command]


def serving(engine, build, counts, network, precision):
    """The command with which an engine serves protocol.py on one thread."""
    path = f"{BENCHMARKS}:{packages_of(engine, build)}"
    return ["env", f"PYTHONPATH={path}", f"PYTHONHOME={root_of(build) / 'usr'}",
            "PYTHONHASHSEED=0", "PYTHONDONTWRITEBYTECODE=1", "OPENBLAS_NUM_THREADS=1",
            *emulated(build, counts, python_of(build), "-m", "peers.protocol", engine.name,
                      network, "1", "--precision", precision, "--cold")]


def emulator_version():
    done = subprocess.run(["qemu-aarch64", "--version"], capture_output=True, text=True,
                          check=True)
    return done.stdout.splitlines()[0].removeprefix("qemu-aarch64 version ").split()[0]
