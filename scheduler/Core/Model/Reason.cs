namespace GpuScheduler.Core.Model;

/// <summary>
/// Why a job waits, or why it ended as it did: Slurm's names where they exist, then HAMi's per-device rejections, then ours.
/// The member's name is what users see. "None" doesn't exist: a waiting job without a reason is a bug.
/// </summary>
public enum Reason
{
    /// <summary>Held by its user.</summary>
    JobHeldUser = 1,

    /// <summary>Held by an administrator.</summary>
    JobHeldAdmin,

    /// <summary>Held by the system after repeated failures without progress.</summary>
    JobRequeueHold,

    /// <summary>No node of the pool could ever hold it, even when idle.</summary>
    BadConstraints,

    /// <summary>A job it depends on has not ended yet.</summary>
    Dependency,

    /// <summary>A job it depends on ended in a way that can never meet the dependency.</summary>
    DependencyNeverSatisfied,

    /// <summary>The array's own limit of running elements is reached.</summary>
    JobArrayTaskLimit,

    /// <summary>Not to start before a given time.</summary>
    BeginTime,

    /// <summary>Waits a little after a failed attempt.</summary>
    RetryBackoff,

    /// <summary>Nodes that fit are drained, down or unknown.</summary>
    ReqNodeNotAvail,

    /// <summary>Jobs ahead of it in its tier are waiting for the same devices.</summary>
    Priority,

    /// <summary>Its user has as many jobs running as a user may.</summary>
    QOSMaxJobsPerUserLimit,

    /// <summary>Its user holds as many cards as a user may.</summary>
    QOSMaxGRESPerUser,

    /// <summary>Its project has as many jobs running as it may.</summary>
    AssocGrpJobsLimit,

    /// <summary>Its project holds as many cards as it may.</summary>
    AssocGrpGRES,

    /// <summary>Its tier has as many jobs running as it may.</summary>
    QOSGrpJobsLimit,

    /// <summary>Its tier holds as many cards as it may.</summary>
    QOSGrpGRES,

    /// <summary>Devices, cores or memory that fit are taken.</summary>
    Resources,

    /// <summary>The only free devices are of a class its tier spills to later.</summary>
    TierSpillDelay,

    /// <summary>Its tier's devices are on loan to another tier, and are being given back.</summary>
    TierLentOut,

    /// <summary>Jobs that are being stopped for it save their work first.</summary>
    WaitingForCheckpoint,

    /// <summary>Just submitted: the next cycle will look at it.</summary>
    PendingEvaluation,

    /// <summary>Ended with a non-zero exit status.</summary>
    NonZeroExitCode,

    /// <summary>Reached its time limit.</summary>
    TimeLimit,

    /// <summary>It can't end before its deadline any more.</summary>
    DeadLine,

    /// <summary>Its node was lost.</summary>
    NodeDown,

    /// <summary>The worker could not start it, on several nodes.</summary>
    JobLaunchFailure,

    /// <summary>The kernel killed it for want of memory.</summary>
    OutOfMemory,

    /// <summary>Device: another model than asked for.</summary>
    CardTypeMismatch,

    /// <summary>Device: too little (or too much) memory.</summary>
    CardInsufficientMemory,

    /// <summary>Device: granted to another job.</summary>
    CardInUse,

    /// <summary>Device: quarantined or missing.</summary>
    CardNotHealth,

    /// <summary>Device: cordoned by an administrator.</summary>
    CardCordoned,

    /// <summary>Device: its class is not one the tier may use.</summary>
    CardClassNotAllowed,

    /// <summary>Device: its class may be used only after the tier's spill delay.</summary>
    CardSpillDelay,

    /// <summary>Node: too few free cores.</summary>
    NodeInsufficientCpu,

    /// <summary>Node: too little free memory.</summary>
    NodeInsufficientMemory,

    /// <summary>Node: too few fitting cards in one machine.</summary>
    NodeInsufficientCards,

    /// <summary>Node: not in the job's node list, or excluded by it.</summary>
    NodeNotRequested,

    /// <summary>Not a wait: the job has its devices, and this says why these.</summary>
    Placed,

    /// <summary>Not a wait: the job has ended as it should, and this says how.</summary>
    Ended,

    /// <summary>Not a wait: one of the job's attempts, and how it went.</summary>
    Attempt,

    /// <summary>Not a wait: what its attempts lost since their last checkpoints, and what is saved.</summary>
    WorkLost,

    /// <summary>Device: its compute capability is not the one asked for, or unknown.</summary>
    CardComputeCapability,

    /// <summary>Device: it doesn't correct memory errors, or it is not known.</summary>
    CardNoEcc,

    /// <summary>Device: it doesn't compute what is asked for, or not at a useful rate.</summary>
    CardPrecision,

    /// <summary>Device: its driver is older than asked for, supports an older CUDA, or is unknown.</summary>
    CardDriver,

    /// <summary>Device: the array runs on cards of another model or memory.</summary>
    SameCardUnavailable,

    /// <summary>Device: given out in parts, and the job wants it as a whole.</summary>
    ExclusiveDeviceAllocateConflict,

    /// <summary>Device: given out in parts, and what is left is less than asked for.</summary>
    CardInsufficientShare,

    /// <summary>Node: others run there, and the job wants it for itself.</summary>
    NodeNotIdle,

    /// <summary>Node: it takes no work at this hour.</summary>
    NodeClosed,

    /// <summary>Node: it closes before the job could be gone.</summary>
    NodeClosing,

    /// <summary>Node: its power budget leaves too little for the cards.</summary>
    NodePowerBudget,

    /// <summary>Device: an attempt of another store still has it, which this pool can't stop.</summary>
    CardHeldElsewhere,

    /// <summary>Not a wait: how the device it got scored, and the next best.</summary>
    Score,
}
