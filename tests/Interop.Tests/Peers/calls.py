"""What the tests ask of the scheduler: calls.py ADDRESS FUNCTION ARGUMENT… prints what it sees as lines of JSON."""
import json
import sys
import threading

import grpc
from google.protobuf.json_format import MessageToDict

from gpuscheduler.v1 import jobs_pb2 as wire
from gpuscheduler.v1.jobs_pb2_grpc import JobsServiceStub
from gpuscheduler.v1.resources_pb2 import JobSpec
from gpuscheduler.v1.workers_pb2 import ConnectRequest, Heartbeat, WorkerHello
from gpuscheduler.v1.workers_pb2_grpc import WorkersServiceStub

channel = grpc.insecure_channel(sys.argv[1])
jobs = JobsServiceStub(channel)


def say(line):
    print(json.dumps(line), flush=True)


def shown(message):
    return MessageToDict(message, preserving_proto_field_name=True)


def failure(call):
    """How a call ends: its status, or OK."""
    try:
        call()
        return {"code": "OK", "details": ""}
    except grpc.RpcError as error:
        trailers = dict(error.trailing_metadata() or ())
        return {"code": error.code().name, "details": error.details(),
                "rich": trailers.get("grpc-status-details-bin", b"").decode("utf-8", "replace")}


def request(key="", **spec):
    return wire.SubmitJobRequest(spec=JobSpec(user="ada", working_directory="/tmp", **{"command": ["true"], **spec}), idempotency_key=key)


def submit_twice():
    single = request(key="single")
    batch = wire.SubmitJobsRequest(jobs=[request(key=f"batch-{i}") for i in range(3)])
    say({"single": [jobs.SubmitJob(single).id for _ in range(2)],
         "batch": [[job.id for job in jobs.SubmitJobs(batch).jobs] for _ in range(2)]})


def submit_together(count):
    calls = [jobs.SubmitJob.future(request()) for _ in range(int(count))]
    say([call.result().id for call in calls])


def submit_compressed():
    script = "#!/bin/sh\n" + "# a long remark\n" * 100_000
    say(jobs.SubmitJob(request(command=[], script=script), compression=grpc.Compression.Gzip).id)


def queue():
    """Submits what can't start, asks why, finds it in the list, and takes it back twice."""
    job = jobs.SubmitJob(request(gpus="a100:4")).id
    say({"job": job,
         "explained": shown(jobs.ExplainJob(wire.ExplainJobRequest(id=job))),
         "adas": [one.id for one in jobs.ListJobs(wire.ListJobsRequest(whose="ada")).jobs],
         "bobs": [one.id for one in jobs.ListJobs(wire.ListJobsRequest(whose="bob")).jobs],
         "cancelled": [shown(jobs.CancelJobs(wire.CancelJobsRequest(ids=[job], user="ada")).outcomes[0]) for _ in range(2)],
         "left": [one.id for one in jobs.ListJobs(wire.ListJobsRequest()).jobs],
         "ended": [shown(one) for one in jobs.ListJobs(wire.ListJobsRequest(include_ended=True)).jobs]})


def refusals():
    workers = WorkersServiceStub(channel)
    say({"gpus": failure(lambda: jobs.SubmitJob(request(gpus="Grafikkarte – 4 %"))),
         "two faults": failure(lambda: jobs.SubmitJob(request(tier="nosuch", time_limit="soon"))),
         "in a batch": failure(lambda: jobs.SubmitJobs(wire.SubmitJobsRequest(jobs=[request(), request(tier="nosuch")]))),
         "unknown job": failure(lambda: jobs.GetJob(wire.GetJobRequest(id="4711"))),
         "unknown stream": failure(lambda: list(jobs.StreamLogs(wire.StreamLogsRequest(id="4711")))),
         "unknown call": failure(lambda: channel.unary_unary("/gpuscheduler.v1.JobsService/Nothing")(b"")),
         "no message": failure(lambda: channel.unary_unary("/gpuscheduler.v1.JobsService/SubmitJob")(b"\xff\xff\xff")),
         "no message in a stream": failure(
             lambda: list(channel.stream_stream("/gpuscheduler.v1.WorkersService/Connect")(iter([b"\xff\xff\xff"])))),
         "no hello": failure(lambda: list(workers.Connect(iter([ConnectRequest(heartbeat=Heartbeat())])))),
         "node": failure(lambda: list(workers.Connect(iter([ConnectRequest(hello=WorkerHello(node="a b"))])))),
         "afterwards": [one.id for one in jobs.ListJobs(wire.ListJobsRequest(include_ended=True)).jobs]})


def watch(*ids):
    """Each answer as it comes, then how the stream ended."""
    def each():
        for answer in jobs.WatchJobs(wire.WatchJobsRequest(ids=ids)):
            say(shown(answer))
    say(failure(each))


def logs(job):
    for part in jobs.StreamLogs(wire.StreamLogsRequest(id=job, follow=True)):
        say({"data": part.data.decode(), "offset": part.offset})
    say("end")


def give_up():
    """A stream that would never end meets its deadline, another one is cancelled; the connection is as good as before."""
    job = jobs.SubmitJob(request()).id
    watched = wire.WatchJobsRequest(ids=[job])
    late = failure(lambda: list(jobs.WatchJobs(watched, timeout=1)))
    call = jobs.WatchJobs(watched)
    first = next(call)
    call.cancel()
    say({"job": job, "late": late["code"], "first": [one.id for one in first.jobs], "cancelled": failure(lambda: next(call))["code"],
         "afterwards": jobs.GetJob(wire.GetJobRequest(id=job)).jobs[0].id})


def leave_early(times):
    """A caller that goes before it has said what it wants, often: what the other side sees of it is a matter of moments."""
    ends = set()
    for _ in range(int(times)):
        call = channel.stream_stream("/gpuscheduler.v1.JobsService/WatchJobs")(iter(threading.Event().wait, True))
        jobs.ListJobs(wire.ListJobsRequest())
        call.cancel()
        ends.add(failure(lambda: next(call))["code"])
    jobs.ListJobs(wire.ListJobsRequest())
    say(sorted(ends))


def health():
    """grpc.health.v1 by hand: request and answer have one field each, a string and a number."""
    check = channel.unary_unary("/grpc.health.v1.Health/Check")
    watching = channel.unary_stream("/grpc.health.v1.Health/Watch")(b"")
    say({"check": list(check(b"")), "watch": list(next(watching)), "unknown": failure(lambda: check(b"\x0a\x03foo"))["code"]})
    watching.cancel()


globals()[sys.argv[2]](*sys.argv[3:])
