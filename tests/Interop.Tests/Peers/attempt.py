"""One attempt of a job: its process, and what is told of it."""
import contextlib
import json
import os
import signal
import subprocess
import threading

from gpuscheduler.v1.resources_pb2 import Checkpoint, EndCause
from gpuscheduler.v1.workers_pb2 import AttemptEnded, AttemptStarted, AttemptStopping, HeldAttempt, LaunchFault


class Attempt:
    def __init__(self, order, folder, outbox):
        self.order = order
        self.output = output_of(folder, order.job_id, order.attempt)
        self._folder = folder
        self._outbox = outbox
        self._checkpoints = order.spec.checkpoint.directory or f"{folder}/checkpoints-{order.job_id}"
        self._saved = 0
        self._cause = EndCause.END_CAUSE_EXITED
        self._end = None

    @property
    def running(self):
        return self._end is None

    def held(self):
        """For hello and heartbeats; None once the end is durable."""
        if self._end is not None and self._end <= self._outbox.acknowledged:
            return None
        return HeldAttempt(job_id=self.order.job_id, attempt=self.order.attempt, running=self.running)

    def start(self):
        try:
            self._process = self._launch()
        except OSError as error:
            self._tell_end(AttemptEnded(
                cause=EndCause.END_CAUSE_LAUNCH_FAILED, launch_fault=LaunchFault.LAUNCH_FAULT_MISSING, message=str(error)))
            return
        self._tell(started=AttemptStarted(pid=self._process.pid, checkpoint_directory=self._checkpoints))
        threading.Thread(target=self._follow, daemon=True).start()
        if self.order.HasField("time_limit"):
            self._later(self.order.time_limit, self.stop, EndCause.END_CAUSE_TIME_LIMIT, self.order.grace)

    def stop(self, cause, grace):
        """Asks the process to end, and ends it when the grace is over. A repeat changes nothing."""
        if not self.running or self._cause != EndCause.END_CAUSE_EXITED:
            return
        self._cause = cause
        self._tell(stopping=AttemptStopping(cause=cause))
        self._signal(signal.SIGTERM)
        self._later(grace, self._signal, signal.SIGKILL)

    def request_checkpoint(self):
        open(f"{self._checkpoints}/request", "w").close()

    def _launch(self):
        spec = self.order.spec
        command = list(spec.command)
        if spec.script:
            script = f"{self._folder}/script-{self.order.job_id}"
            with open(os.open(script, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o700), "w") as file:
                file.write(spec.script)
            command = [script, *spec.script_arguments]
        os.makedirs(self._checkpoints, exist_ok=True)
        with open(self.output, "wb") as output:
            return subprocess.Popen(
                command, cwd=spec.working_directory or None, env=self._environment(), stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT, start_new_session=True)

    def _environment(self):
        """The variables that jobs rely on most; docs/environment.md has all of them."""
        return {
            "PATH": os.defpath, **self.order.spec.environment, "CUDA_VISIBLE_DEVICES": ",".join(self.order.devices),
            "GPUSCHED_JOB_ID": self.order.job_id, "GPUSCHED_ATTEMPT": str(self.order.attempt),
            "GPUSCHED_CHECKPOINT_DIR": self._checkpoints,
            "GPUSCHED_RESUME_STEP": str(self.order.checkpoints[-1].step) if self.order.checkpoints else ""}

    def _follow(self):
        status = None
        while status is None:
            try:
                status = self._process.wait(0.1)
            except subprocess.TimeoutExpired:
                pass
            self._tell_checkpoints()
        self._end_children()
        ended = AttemptEnded(cause=self._cause, exit_code=status if status >= 0 else 128 - status)
        if status < 0:
            ended.signal = -status
        self._tell_end(ended)

    def _tell_checkpoints(self):
        """The job adds a line to manifest.jsonl for each checkpoint; one that isn't finished yet has no line's end."""
        path = f"{self._checkpoints}/manifest.jsonl"
        if not os.path.exists(path):
            return
        with open(path) as manifest:
            lines = manifest.read().split("\n")[:-1]
        for line in lines[self._saved:]:
            saved = json.loads(line)
            self._tell(checkpoint=Checkpoint(step=saved["step"], path=saved["path"], bytes=saved["bytes"]))
        self._saved = len(lines)

    def _tell(self, **event):
        return self._outbox.add(self.order.job_id, self.order.attempt, **event)

    def _end_children(self):
        """The cards are granted to the next attempt as soon as the end is told: nothing of this one may be left on them."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _tell_end(self, ended):
        self._end = self._tell(ended=ended)

    def _signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            if self.running:
                os.killpg(self._process.pid, number)

    def _later(self, delay, function, *arguments):
        timer = threading.Timer(delay.ToTimedelta().total_seconds(), function, arguments)
        timer.daemon = True
        timer.start()


def output_of(folder, job_id, attempt):
    return f"{folder}/{job_id}.{attempt}.out"
