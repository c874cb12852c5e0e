"""Processes and kernels forked from one that has loaded everything already, so that a notebook starts at once.

Loading Jupyter, pandas, matplotlib and the exhibits' modules takes longer than most chapters run. Python's fork server
does it once, for the processes that make numbers, too; papermill starts a kernel by asking it for a fork. Each kernel
is a process of its own, as ever.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Collection
from importlib.metadata import EntryPoint
from multiprocessing.context import BaseContext
from typing import Any, Final

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

NAME: Final = "forked"
LOG_VARIABLE: Final = "RESULTATBOK_KERNEL_LOG"
PRELOADED: Final = (
    "ipykernel.kernelapp",
    "papermill",
    "resultatbok.edition.warm",
)
ENVIRONMENT: Final = {
    # one thread for each worker: the workers already use the cores, and threads that wait spin
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # the order of sets must not change what is written
    "PYTHONHASHSEED": "0",
    # the project's own kernel, whatever kernels the user has registered
    "JUPYTER_PREFER_ENV_PATH": "1",
    "JUPYTER_PLATFORM_DIRS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
STDOUT, STDERR = 1, 2


def fork_context(modules: Collection[str]) -> BaseContext:
    """A context whose processes are forked from one that has loaded what kernels need.

    Args:
        modules: What the notebooks import beside.
    """
    os.environ.update(ENVIRONMENT)  # read by the server when it starts; once it runs, by none
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOADED, *sorted(modules)])
    return context


def use_forked_kernels() -> None:
    """Let this process start its kernels as forks of the server that it was forked from itself."""
    factory = KernelProvisionerFactory.instance()
    factory.provisioners[NAME] = EntryPoint(NAME, f"{__name__}:ForkedProvisioner", factory.GROUP_NAME)
    factory.default_provisioner_name = NAME


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel as a fork instead of a new program."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Start the kernel."""
        environment = {**os.environ, **kwargs.get("env", {})}
        arguments = (self.parent.connection_file, kwargs.get("cwd"), environment)
        process = multiprocessing.get_context("forkserver").Process(target=run_kernel, args=arguments)
        process.start()
        self.process = _LikePopen(process)
        self.pid = process.pid  # no process group: that of a fork is the build's own
        return dict(self.connection_info)


class _LikePopen:
    """A forked process with the interface that the provisioner knows."""

    stdin = stdout = stderr = None

    def __init__(self, process: Any) -> None:  # noqa: ANN401 - a process of multiprocessing
        self.process = process

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        code: int | None = self.process.exitcode
        return code

    def wait(self) -> int | None:
        """Wait for its end."""
        self.process.join()
        return self.poll()

    def send_signal(self, signum: int) -> None:
        """Send it a signal."""
        if self.poll() is None:
            os.kill(self.process.pid, signum)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


def run_kernel(connection_file: str, folder: str | None, environment: dict[str, str]) -> None:
    """Be a kernel; called in the fork."""
    from ipykernel.kernelapp import IPKernelApp

    os.environ.clear()
    os.environ.update(environment)
    if folder:
        os.chdir(folder)
    if log := environment.get(LOG_VARIABLE):
        target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(target, STDOUT)
        os.dup2(target, STDERR)
    IPKernelApp.launch_instance(argv=["-f", connection_file])
