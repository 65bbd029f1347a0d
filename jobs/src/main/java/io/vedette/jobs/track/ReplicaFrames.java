package io.vedette.jobs.track;

import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.Latest;
import io.vedette.model.frame.Life;
import io.vedette.model.sample.Target;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a replica's frames, and with each a report to its parent. */
final class ReplicaFrames {
    private final int[] windowPanes;
    private final PromptLimits promptLimits;

    ReplicaFrames(int[] windowPanes, PromptLimits promptLimits) {
        this.windowPanes = windowPanes;
        this.promptLimits = promptLimits;
    }

    /** A frame at a tick to which the replica's history has been brought; the state is that of the newest scrape at or before the tick. */
    void emit(
            TargetState target,
            ReplicaState replica,
            long tick,
            long releasedAtMillis,
            Release release,
            @Nullable Latest latest,
            TrackOutput out) {
        Entity entity = entity(target, replica);
        boolean fresh = tick - target.lastScrapeMillis <= TargetTracker.patienceMillis(target);
        double up = target.lastScrapeMillis > 0 && fresh ? (target.lastUp ? 1 : 0) : Double.NaN;
        boolean gaugesFresh = tick - replica.lastGoodMillis <= TargetTracker.patienceMillis(target);
        Gauges gauges = (gaugesFresh ? replica.gauges : Gauges.none())
                .with(Signal.SCRAPE_DURATION, fresh ? target.lastDurationSeconds : Double.NaN);
        double promptLimit = promptLimits.of(entity.modelName(), target.contextLength, replica.layout);
        out.frame(new Frame(
                entity,
                tick,
                target.intervalMillis,
                release,
                0,
                0,
                up,
                gauges,
                latest,
                life(target, replica),
                promptLimit,
                Windows.of(
                        windowPanes,
                        Windows.GAUGES,
                        replica.history,
                        replica.layout,
                        i -> replica.seenMillis[i] > 0 && replica.seenMillis[i] >= replica.lastGoodMillis)));
        report(target, replica, entity, tick, releasedAtMillis, release, up, gauges, promptLimit, out);
    }

    /** The last frame of a replica. */
    void last(
            TargetState target,
            ReplicaState replica,
            long tick,
            long releasedAtMillis,
            Release release,
            TrackOutput out) {
        Entity entity = entity(target, replica);
        out.frame(new Frame(
                entity,
                tick,
                target.intervalMillis,
                release,
                0,
                0,
                Double.NaN,
                Gauges.none(),
                null,
                life(target, replica),
                Double.NaN,
                List.of()));
        report(target, replica, entity, tick, releasedAtMillis, release, Double.NaN, Gauges.none(), Double.NaN, out);
        OwnerWatch.tellGone(target, replica, tick, releasedAtMillis, out);
    }

    /** What the newest scrape said, for a tick that no scrape released; null when there was none. */
    @Nullable
    Latest latestOf(TargetState target, ReplicaState replica) {
        return target.lastScrapeMillis == 0
                ? null
                : new Latest(
                        target.lastScrapeMillis,
                        target.lastUp,
                        target.lastFailure,
                        target.lastUp ? replica.gauges : Gauges.none());
    }

    /** Sets the parent that a replica reports to; where that changes, the old one is told that the replica is gone. */
    void settleRoot(TargetState target, ReplicaState replica, long releasedAtMillis, TrackOutput out) {
        Entity entity = entity(target, replica);
        String root = entity.modelName().isEmpty() ? "" : entity.rootKey();
        if (root.equals(replica.root)) {
            return;
        }
        if (!replica.root.isEmpty()) {
            long tick = target.lastTickMillis + Frame.TICK_MILLIS;
            out.report(new MemberReport(
                    replica.root,
                    entity.key(),
                    entity.modelName(),
                    entity.role(),
                    entity.labels(),
                    tick,
                    releasedAtMillis,
                    Release.GONE,
                    target.intervalMillis,
                    Double.NaN,
                    Gauges.none(),
                    Double.NaN,
                    replica.unreported));
            replica.unreported.clear();
        }
        replica.root = root;
    }

    private void report(
            TargetState target,
            ReplicaState replica,
            Entity entity,
            long tick,
            long releasedAtMillis,
            Release release,
            double up,
            Gauges gauges,
            double promptLimit,
            TrackOutput out) {
        if (replica.root.isEmpty()) {
            return;
        }
        out.report(new MemberReport(
                replica.root,
                entity.key(),
                entity.modelName(),
                entity.role(),
                entity.labels(),
                tick,
                releasedAtMillis,
                release,
                target.intervalMillis,
                up,
                gauges,
                promptLimit,
                replica.unreported));
        replica.unreported.clear();
    }

    /** The replica as an entity: the one of the last time unless something about it has changed. */
    static Entity entity(TargetState target, ReplicaState replica) {
        String model = target.target.modelName().isEmpty() ? replica.modelName : target.target.modelName();
        Entity known = replica.entity;
        if (known == null || !isOf(known, target.target, model)) {
            known = Entity.replica(
                    target.target.instance(),
                    replica.engine,
                    model,
                    target.target.role(),
                    target.target.node(),
                    target.target.labels());
            replica.entity = known;
        }
        return known;
    }

    private static boolean isOf(Entity entity, Target target, String modelName) {
        return entity.instance().equals(target.instance())
                && entity.modelName().equals(modelName)
                && entity.role().equals(target.role())
                && entity.node().equals(target.node())
                && entity.labels().equals(target.labels());
    }

    private static Life life(TargetState target, ReplicaState replica) {
        return new Life(
                target.firstSeenMillis,
                target.firstUpMillis,
                target.downSinceMillis,
                target.processStartMillis,
                replica.finishedSinceStart,
                target.restartMillis.length,
                target.contextLength);
    }
}
