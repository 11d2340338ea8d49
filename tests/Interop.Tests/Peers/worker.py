"""A worker for machines with two cards: worker.py ADDRESS NODE FOLDER. It speaks gpuscheduler/v1/workers.proto.

A small one: it remembers nothing when it is started again, keeps nothing for other stores, checks no checkpoint, and has all that it
sends in memory. What it does is what the protocol asks of every worker.
"""
import queue
import sys
import threading
import time
import uuid

import grpc
from google.protobuf.timestamp_pb2 import Timestamp

from attempt import Attempt, output_of
from gpuscheduler.v1.workers_pb2 import (
    ConnectRequest, Heartbeat, Inventory, InventoryDevice, LogChunk, ServedStore, WorkerHello)
from gpuscheduler.v1.workers_pb2_grpc import WorkersServiceStub
from outbox import Outbox


class Worker:
    """What outlives a session."""

    def __init__(self, node, folder):
        self.node, self.folder = node, folder
        self.instance = uuid.uuid4().hex
        self.outbox = Outbox()
        self.attempts = {}
        self.store = None

    def hello(self):
        with open("/proc/sys/kernel/random/boot_id") as file:
            boot_id = file.read().strip()
        cards = [InventoryDevice(uuid=f"GPU-{self.node}-{i}", model="NVIDIA A100-SXM4-80GB", memory_mib=81920) for i in range(2)]
        return WorkerHello(
            node=self.node, version="example", boot_id=boot_id, instance=self.instance, store=self.store, attempts=self.held(),
            inventory=Inventory(cpu_cores=8, memory_mib=65536, devices=cards))

    def held(self):
        return [held for attempt in list(self.attempts.values()) if (held := attempt.held())]

    def welcome(self, welcome, commit):
        job_number = self.store.job_number if self.store else 0
        self.store = ServedStore(name=welcome.store, opening=welcome.opening, commit=commit, job_number=job_number)

    def start(self, order):
        """An attempt's number is a fencing token: what is not newer than all that was seen of the job is not started."""
        seen = self.attempts.get(order.job_id)
        if seen and seen.order.attempt >= order.attempt:
            return
        self.store.job_number = max(self.store.job_number, int(order.job_id.split("_")[0]))
        self.attempts[order.job_id] = attempt = Attempt(order, self.folder, self.outbox)
        attempt.start()

    def find(self, order):
        attempt = self.attempts.get(order.job_id)
        return attempt if attempt and attempt.order.attempt == order.attempt else None


class Session:
    """One stream, from hello to its end."""

    def __init__(self, worker):
        self._worker = worker
        self._outgoing = queue.SimpleQueue()
        self._ended = threading.Event()
        self._stopped_logs = set()

    def run(self, stub):
        self._outgoing.put(ConnectRequest(hello=self._worker.hello()))
        try:
            for message in stub.Connect(iter(self._outgoing.get, None)):
                self._take(message, message.WhichOneof("message"))
        finally:
            self._worker.outbox.end()
            self._ended.set()
            self._outgoing.put(None)

    def _take(self, message, kind):
        """Messages of a kind that is not known here concern later versions."""
        if kind is None:
            return
        worker, order = self._worker, getattr(message, kind)
        if kind == "welcome":
            worker.welcome(order, message.commit)
            worker.outbox.begin(order.durable_sequence, self._outgoing.put)
            self._in_background(self._beat, order.heartbeat_interval.ToTimedelta().total_seconds())
            return
        if kind == "other_store":
            sys.exit("the scheduler has another store now, and this worker keeps nothing for the one before")
        worker.store.commit = max(worker.store.commit, message.commit)
        if kind == "dispatch":
            worker.start(order)
        elif kind == "stop" and (attempt := worker.find(order)):
            attempt.stop(order.cause, order.grace)
        elif kind == "checkpoint_now" and (attempt := worker.find(order)):
            attempt.request_checkpoint()
        elif kind == "report_ack":
            worker.outbox.acknowledge(order.sequence)
        elif kind == "read_log":
            self._in_background(self._read_log, order)
        elif kind == "stop_log":
            self._stopped_logs.add(order.request_id)

    def _beat(self, interval):
        while not self._ended.wait(interval):
            now = Timestamp()
            now.GetCurrentTime()
            self._outgoing.put(ConnectRequest(heartbeat=Heartbeat(time=now, attempts=self._worker.held())))

    def _read_log(self, order):
        """From the byte that was asked for; who follows gets all through the attempt's end."""
        def send(**chunk):
            self._outgoing.put(ConnectRequest(log_chunk=LogChunk(request_id=order.request_id, **chunk)))

        try:
            with open(output_of(self._worker.folder, order.job_id, order.attempt), "rb") as file:
                file.seek(start_of_tail(file, order.tail_lines) if order.tail_lines else order.offset)
                while order.request_id not in self._stopped_logs:
                    attempt = self._worker.find(order)
                    may_grow = order.follow and attempt is not None and attempt.running
                    offset = file.tell()
                    if data := file.read(65536):
                        send(data=data, offset=offset)
                    elif not may_grow or self._ended.wait(0.1):
                        break
                send(end=True, offset=file.tell())
        except OSError as error:
            send(end=True, error=str(error))

    def _in_background(self, function, argument):
        threading.Thread(target=function, args=(argument,), daemon=True).start()


def start_of_tail(file, lines):
    data = file.read()
    return len(data) - sum(len(line) for line in data.splitlines(keepends=True)[-lines:])


def main(address, node, folder):
    worker = Worker(node, folder)
    while True:
        try:
            with grpc.insecure_channel(address) as channel:
                Session(worker).run(WorkersServiceStub(channel))
        except grpc.RpcError as error:
            print(f"the session ended: {error.code().name}: {error.details()}", flush=True)
        time.sleep(0.2)


if __name__ == "__main__":
    main(*sys.argv[1:])
