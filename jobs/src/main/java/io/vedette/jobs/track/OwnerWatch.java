package io.vedette.jobs.track;

import io.vedette.model.entity.Entity;
import io.vedette.model.frame.OwnerState;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;

/** Tells a replica's node how the replica is, whenever that changes: its cards are judged by it. */
final class OwnerWatch {
    private static final long DOWN_MILLIS = 60_000;
    private static final long IDLE_MILLIS = 60_000;
    private static final long WARM_UP_MILLIS = 300_000;
    private static final double WARM_UP_REQUESTS = 50;
    private static final String POD = "pod";

    private OwnerWatch() {}

    static boolean isBusy(Gauges gauges) {
        return gauges.get(Signal.REQUESTS_RUNNING) > 0 || gauges.get(Signal.REQUESTS_WAITING) > 0;
    }

    /** Tells of all replicas of a target after a scrape of a time. */
    static void tell(TargetState target, long timeMillis, long appendMillis, TrackOutput out) {
        String node = target.target.node();
        for (ReplicaState replica : target.replicas) {
            Owner before = replica.told;
            if (before != null && !before.replica().node().equals(node)) {
                tellGone(target, replica, timeMillis, appendMillis, out);
            }
            if (!node.isEmpty()) {
                Owner now = owner(target, replica, timeMillis);
                if (!now.equals(before)) {
                    replica.told = now;
                    out.note(new NodeNote.OfReplica(
                            node, target.noteAt(appendMillis), target.target.instance(), timeMillis, now, false));
                }
            }
        }
    }

    /** Tells that a replica is no more. */
    static void tellGone(
            TargetState target, ReplicaState replica, long timeMillis, long appendMillis, TrackOutput out) {
        Owner told = replica.told;
        if (told == null && !target.target.node().isEmpty()) {
            told = owner(target, replica, timeMillis);
        }
        if (told != null) {
            replica.told = null;
            long atMillis = target.removedMillis > 0 ? target.removedMillis : appendMillis;
            out.note(new NodeNote.OfReplica(
                    told.replica().node(), target.noteAt(atMillis), target.target.instance(), timeMillis, told, true));
        }
    }

    private static Owner owner(TargetState target, ReplicaState replica, long timeMillis) {
        Entity entity = ReplicaFrames.entity(target, replica);
        return new Owner(
                entity,
                target.target.gpus(),
                target.target.labels().getOrDefault(POD, ""),
                replica.gauges.get(Signal.MEMORY_RESERVATION),
                state(target, replica, timeMillis),
                target.processStartMillis > 0 ? target.processStartMillis : target.firstUpMillis);
    }

    private static OwnerState state(TargetState target, ReplicaState replica, long timeMillis) {
        if (target.firstUpMillis == 0) {
            return OwnerState.STARTING;
        }
        if (target.downSinceMillis > 0 && timeMillis - target.downSinceMillis >= DOWN_MILLIS) {
            return OwnerState.DOWN;
        }
        if (replica.gauges.get(Signal.AWAKE) == 0) {
            return OwnerState.SLEEPING;
        }
        if (isWarming(target, replica, timeMillis)) {
            return OwnerState.STARTING;
        }
        boolean tellsWork = replica.gauges.has(Signal.REQUESTS_RUNNING);
        return tellsWork && timeMillis - replica.busyMillis >= IDLE_MILLIS ? OwnerState.IDLE : OwnerState.SERVING;
    }

    /** Where the process does not say when it started, it did when it came up before our eyes; else long before us. */
    private static boolean isWarming(TargetState target, ReplicaState replica, long timeMillis) {
        boolean cameUp = target.firstUpMillis > target.firstSeenMillis;
        long start = target.processStartMillis > 0 ? target.processStartMillis : cameUp ? target.firstUpMillis : 0;
        return start > 0 && timeMillis - start < WARM_UP_MILLIS && !(replica.finishedSinceStart >= WARM_UP_REQUESTS);
    }
}
