"""Reports until the scheduler says that they are durable."""
import threading

from google.protobuf.timestamp_pb2 import Timestamp

from gpuscheduler.v1.workers_pb2 import ConnectRequest, Report


class Outbox:
    def __init__(self):
        self._gate = threading.Lock()
        self._waiting = []
        self._send = None
        self._last = 0
        self.acknowledged = 0

    def add(self, job_id, attempt, **event):
        """Numbers a report, and sends it if there is a session. Returns its number."""
        time = Timestamp()
        time.GetCurrentTime()
        with self._gate:
            self._last += 1
            report = Report(sequence=self._last, job_id=job_id, attempt=attempt, time=time, **event)
            self._waiting.append(report)
            if self._send:
                self._send(ConnectRequest(report=report))
            return self._last

    def begin(self, durable, send):
        """A session begins: what isn't durable is said again, in order; reports that arrive twice count once."""
        self.acknowledge(durable)
        with self._gate:
            self._last = max(self._last, durable)
            self._send = send
            for report in self._waiting:
                send(ConnectRequest(report=report))

    def end(self):
        with self._gate:
            self._send = None

    def acknowledge(self, sequence):
        with self._gate:
            self.acknowledged = max(self.acknowledged, sequence)
            self._waiting = [report for report in self._waiting if report.sequence > sequence]
