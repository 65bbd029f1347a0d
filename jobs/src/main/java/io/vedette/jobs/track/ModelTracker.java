package io.vedette.jobs.track;

import static java.util.Objects.requireNonNull;

import io.vedette.jobs.panes.PaneHistory;
import io.vedette.model.frame.Frame;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From members' reports to the frames of their model. A tick is released when all members that were live at the last one have reported, else by time.
 * A member that is heard anew counts from 10 s after its first report, and no tick is released before the watermark is 10 s behind it: so who counts
 * at a tick never depends on whose records are read first. Pure; not thread-safe.
 */
public final class ModelTracker {
    static final long JOIN_MILLIS = 10_000;
    /** A tick waits for its members at most so long; longer where members are scraped so seldom that their silence shows later. */
    static final long WAIT_MILLIS = 20_000;

    private final int[] windowPanes;

    public ModelTracker(int[] windowPanes) {
        this.windowPanes = windowPanes.clone();
    }

    /**
     * Takes a member's report.
     *
     * @param known the model's state; null when the model is new
     * @return the state; null when the model has no members left
     */
    public @Nullable ModelState onReport(
            @Nullable ModelState known, MemberReport report, long watermarkMillis, TrackOutput out) {
        ModelState state = known == null ? begin(report) : known;
        ModelState.Member member = member(state, report);
        if (report.tickMillis() > state.lastTickMillis) {
            wait(state, report.tickMillis(), report);
        } else {
            if (member.counts(report.tickMillis())) {
                out.count(TrackEvent.LATE_REPORT);
            }
            member.queued.addAll(report.growth());
            member.heard(report);
            if (report.isLast()) {
                wait(state, state.lastTickMillis + Frame.TICK_MILLIS, report.withoutGrowth());
            }
        }
        return release(state, watermarkMillis, out);
    }

    private ModelState begin(MemberReport report) {
        ModelState state = new ModelState(new PaneHistory(windowPanes, Windows.GAUGES.length, 0));
        state.modelName = report.modelName();
        state.role = report.role();
        return state;
    }

    private static ModelState.Member member(ModelState state, MemberReport report) {
        ModelState.Member member = state.members.computeIfAbsent(report.member(), key -> new ModelState.Member());
        member.intervalMillis = report.intervalMillis();
        return member;
    }

    private static void wait(ModelState state, long tick, MemberReport report) {
        state.pending.computeIfAbsent(tick, t -> new TreeMap<>()).put(report.member(), report);
    }

    /**
     * Releases what may go by now.
     *
     * @return the state; null when the model has no members left
     */
    public @Nullable ModelState release(ModelState state, long watermarkMillis, TrackOutput out) {
        if (!state.history.hasWindows(windowPanes)) {
            state.history = state.history.reshaped(windowPanes);
        }
        while (!state.pending.isEmpty()) {
            long tick = state.pending.firstKey();
            TreeMap<String, MemberReport> reports = state.pending.firstEntry().getValue();
            boolean settled = watermarkMillis >= tick - JOIN_MILLIS && isComplete(state, tick, reports);
            if (!settled && watermarkMillis < tick + waitMillis(state)) {
                return state;
            }
            state.pending.pollFirstEntry();
            release(state, tick, reports, out);
        }
        return state.members.isEmpty() ? null : state;
    }

    /** Whether all that are waited for have reported. */
    private static boolean isComplete(ModelState state, long tick, Map<String, MemberReport> reports) {
        return waitedFor(state, tick).allMatch(member -> {
            MemberReport report = reports.get(member);
            return report != null && report.isInTime();
        });
    }

    /** Members that count; where nobody does, those that are silent. They alone decide whether there is something to tell. */
    private static Stream<String> waitedFor(ModelState state, long tick) {
        boolean live = state.members.values().stream().anyMatch(member -> member.counts(tick));
        return state.members.entrySet().stream()
                .filter(member -> live ? member.getValue().counts(tick) : member.getValue().counted)
                .map(Map.Entry::getKey);
    }

    private static boolean isTold(ModelState state, long tick, Map<String, MemberReport> reports) {
        return waitedFor(state, tick).anyMatch(member -> {
            MemberReport report = reports.get(member);
            boolean silentBefore = !requireNonNull(state.members.get(member)).counts(tick);
            return report != null && report.isInTime() && !(report.isLast() && silentBefore);
        });
    }

    private void release(ModelState state, long tick, Map<String, MemberReport> reports, TrackOutput out) {
        state.members.values().forEach(member -> member.counted |= member.counts(tick));
        ModelTick folded = new ModelTick(state, tick, out);
        boolean told = isTold(state, tick, reports);
        reports.forEach((key, report) -> {
            ModelState.Member member = member(state, report);
            member.queued.addAll(report.growth());
            if (report.isInTime()) {
                folded.take(report, member);
            }
            member.heard(report);
            if (report.isLast()) {
                state.members.remove(key);
            }
        });
        state.lastTickMillis = tick;
        boolean ends = state.members.values().stream().noneMatch(member -> member.counted);
        if (told || ends) {
            folded.tell(windowPanes, ends);
        }
        if (ends) {
            state.beginAnew();
        }
    }

    private static long waitMillis(ModelState state) {
        long longest = 0;
        for (ModelState.Member member : state.members.values()) {
            longest = Math.max(longest, member.intervalMillis);
        }
        return Math.max(WAIT_MILLIS, TargetTracker.patienceMillis(longest) + 7_500);
    }

    /** When the first waiting tick is next to be looked at; {@link Long#MAX_VALUE} when none waits. */
    public long nextLookMillis(ModelState state, long watermarkMillis) {
        if (state.pending.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long tick = state.pending.firstKey();
        return watermarkMillis < tick - JOIN_MILLIS ? tick - JOIN_MILLIS : tick + waitMillis(state);
    }
}
