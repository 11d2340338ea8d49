namespace Grpc.Core;

/// <summary>How a call ended. The numbers are the ones on the wire.</summary>
public enum StatusCode
{
    OK = 0,

    /// <summary>The caller gave up.</summary>
    Cancelled = 1,

    Unknown = 2,
    InvalidArgument = 3,

    /// <summary>The time ran out; the work may have been done all the same.</summary>
    DeadlineExceeded = 4,

    NotFound = 5,
    AlreadyExists = 6,
    PermissionDenied = 7,

    /// <summary>A limit was met: message size, quota, disk.</summary>
    ResourceExhausted = 8,

    FailedPrecondition = 9,

    /// <summary>Lost against something concurrent; worth a try at a higher level.</summary>
    Aborted = 10,

    OutOfRange = 11,
    Unimplemented = 12,

    /// <summary>A broken invariant, or a peer that broke the protocol.</summary>
    Internal = 13,

    /// <summary>The peer can't be reached now; the same call may be tried again.</summary>
    Unavailable = 14,

    DataLoss = 15,
    Unauthenticated = 16,
}
