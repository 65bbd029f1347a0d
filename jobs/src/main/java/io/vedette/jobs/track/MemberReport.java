package io.vedette.jobs.track;

import io.vedette.jobs.panes.PaneGrowth;
import io.vedette.model.frame.Frame;
import io.vedette.model.signal.Gauges;
import java.util.List;
import java.util.Map;

/**
 * What a member tells its parent at a tick.
 *
 * @param root key of the parent
 * @param member key of the member
 * @param modelName of the parent
 * @param role of the parent
 * @param labels of the member; the parent keeps those that all members share
 * @param tickMillis the tick
 * @param releasedAtMillis append time at which the tick was released
 * @param release what released it
 * @param intervalMillis the member's scrape interval
 * @param up 1 or 0 as of the tick; NaN where unknown
 * @param gauges as of the tick
 * @param promptLimit NaN where there is none
 * @param growth since the member's last report, by pane
 */
public record MemberReport(
        String root,
        String member,
        String modelName,
        String role,
        Map<String, String> labels,
        long tickMillis,
        long releasedAtMillis,
        Frame.Release release,
        long intervalMillis,
        double up,
        Gauges gauges,
        double promptLimit,
        List<PaneGrowth> growth) {
    public MemberReport {
        labels = Map.copyOf(labels);
        growth = List.copyOf(growth);
    }

    /** Whether the member itself was heard at the tick. */
    public boolean isLive() {
        return release == Frame.Release.SCRAPE;
    }

    /** Whether it is the member's last. */
    public boolean isLast() {
        return release == Frame.Release.GONE || release == Frame.Release.REMOVED;
    }

    /**
     * Whether it may be told as of its tick. A scrape that was held back over a jump of append time releases ticks long past; whether it is read before
     * the model's tick is released depends on the order of reading, so it counts in later ticks.
     */
    boolean isInTime() {
        return !isLive() || releasedAtMillis <= tickMillis + TargetTracker.patienceMillis(intervalMillis);
    }

    /** The same report with no growth in it. */
    MemberReport withoutGrowth() {
        return new MemberReport(
                root,
                member,
                modelName,
                role,
                labels,
                tickMillis,
                releasedAtMillis,
                release,
                intervalMillis,
                up,
                gauges,
                promptLimit,
                List.of());
    }
}
