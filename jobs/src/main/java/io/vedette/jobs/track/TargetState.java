package io.vedette.jobs.track;

import io.vedette.model.sample.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** State of one target with its engines and cards. Times are Unix milliseconds, 0 where unknown. */
public final class TargetState {
    public Target target;
    public long intervalMillis;
    public long lastScrapeMillis;
    public boolean lastUp;
    public String lastFailure = "";
    public double lastDurationSeconds = Double.NaN;
    /** The newest tick that was released or skipped. */
    public long lastTickMillis;

    public long firstSeenMillis;
    public long firstUpMillis;
    public long downSinceMillis;
    public long processStartMillis;
    public long contextLength;
    /** When the process start moved, in the last 30 min. */
    public long[] restartMillis = new long[0];
    /** Time of the newest scrape by another agent that was set aside; 0 when there was none. */
    public long contenderMillis;
    /** Append time of the list by which the target's agent no longer has it; 0 while it has. */
    public long removedMillis;
    /** Time of the newest note to a node: later ones are never earlier. */
    public long notedMillis;
    /** When the operator's timer is set to; 0 when it is not. */
    public long timerMillis;

    /** By name. A target that was never up has one without data; one that shows cards alone has none. */
    public List<ReplicaState> replicas = new ArrayList<>();

    /** By name. */
    public List<CardState> cards = new ArrayList<>(0);

    public TargetState(Target target) {
        this.target = target;
    }

    /** Whether a scrape of the target has been read. */
    boolean hasBegun() {
        return lastScrapeMillis > 0;
    }

    /** The time of a note that holds from some time on, but not before the last. */
    long noteAt(long millis) {
        notedMillis = Math.max(notedMillis, millis);
        return notedMillis;
    }

    public TargetState copy() {
        TargetState copy = new TargetState(target);
        copy.intervalMillis = intervalMillis;
        copy.lastScrapeMillis = lastScrapeMillis;
        copy.lastUp = lastUp;
        copy.lastFailure = lastFailure;
        copy.lastDurationSeconds = lastDurationSeconds;
        copy.lastTickMillis = lastTickMillis;
        copy.firstSeenMillis = firstSeenMillis;
        copy.firstUpMillis = firstUpMillis;
        copy.downSinceMillis = downSinceMillis;
        copy.processStartMillis = processStartMillis;
        copy.contextLength = contextLength;
        copy.restartMillis = Arrays.copyOf(restartMillis, restartMillis.length);
        copy.contenderMillis = contenderMillis;
        copy.removedMillis = removedMillis;
        copy.notedMillis = notedMillis;
        copy.timerMillis = timerMillis;
        replicas.forEach(replica -> copy.replicas.add(replica.copy()));
        cards.forEach(card -> copy.cards.add(card.copy()));
        return copy;
    }
}
