package io.vedette.jobs.track;

import io.vedette.jobs.panes.PaneGrowth;
import io.vedette.jobs.panes.SeriesColumns;
import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.Life;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One tick of a model while its members' reports are taken together. Used once. */
final class ModelTick {
    /** A series that no member told of for so long is no longer known. */
    private static final long KNOWN_MILLIS = 60_000;

    /** Columns of its members' series together, above which a model's history starts anew. */
    private static final int MOST_COLUMNS = 4 * Differences.MOST_COLUMNS;

    private final ModelState state;
    private final long tickMillis;
    private final TrackOutput out;
    private final Map<Signal, double[]> gauges = new EnumMap<>(Signal.class);
    private int members;
    private int membersUp;
    private long intervalMillis;
    private double promptLimit = Double.NaN;
    private @Nullable Map<String, String> labels;
    private Release release = Release.SILENCE;

    ModelTick(ModelState state, long tickMillis, TrackOutput out) {
        this.state = state;
        this.tickMillis = tickMillis;
        this.out = out;
    }

    /** Takes a member's report, with all that it has queued, where the member counts at the tick. */
    void take(MemberReport report, ModelState.Member member) {
        if (report.isLast()) {
            release = report.release();
        }
        if (!member.counts(tickMillis)) {
            return;
        }
        state.begun = true;
        state.history.advance(tickMillis / Frame.TICK_MILLIS - 1);
        member.queued.forEach(this::add);
        member.queued.clear();
        if (!report.isLive()) {
            return;
        }
        members++;
        membersUp += report.up() == 1 ? 1 : 0;
        intervalMillis = Math.max(intervalMillis, report.intervalMillis());
        promptLimit = Double.isNaN(promptLimit) ? report.promptLimit() : Math.max(promptLimit, report.promptLimit());
        shareLabels(report.labels());
        if (report.up() == 1) {
            report.gauges().forEach((signal, value) -> fold(signal, value));
        }
    }

    private void add(PaneGrowth growth) {
        if (state.layout.width() > MOST_COLUMNS) {
            state.beginAnew();
            state.begun = true;
            state.history.advance(tickMillis / Frame.TICK_MILLIS - 1);
            out.count(TrackEvent.LAYOUT_RESET);
        }
        SeriesColumns columns = growth.columns();
        int[] indices = state.indicesOf(columns);
        long[] values = growth.values();
        for (int i = 0; i < indices.length; i++) {
            int column = columns.offset(i);
            int offset = state.layout.offset(indices[i]);
            state.seenMillis[indices[i]] = tickMillis;
            // Series that follow each other in both are added together.
            while (i + 1 < indices.length && indices[i + 1] == indices[i] + 1) {
                state.seenMillis[indices[++i]] = tickMillis;
            }
            int end = i + 1 < indices.length ? columns.offset(i + 1) : columns.width();
            state.history.add(growth.pane(), offset, values, column, end - column);
        }
        state.history.coverAtLeast(growth.pane(), growth.coveredMillis());
    }

    private void shareLabels(Map<String, String> ofMember) {
        if (labels == null) {
            labels = new HashMap<>(ofMember);
        } else {
            labels.entrySet().retainAll(ofMember.entrySet());
        }
    }

    /** Sum, count and maximum, of which the signal's fold takes what it needs. */
    private void fold(Signal signal, double value) {
        double[] folded = gauges.computeIfAbsent(signal, s -> new double[] {0, 0, Double.NEGATIVE_INFINITY});
        folded[0] += value;
        folded[1]++;
        folded[2] = Math.max(folded[2], value);
    }

    private Gauges gauges() {
        Gauges.Builder builder = Gauges.builder();
        gauges.forEach((signal, folded) -> {
            switch (signal.fold()) {
                case SUM -> builder.set(signal, folded[0]);
                case MEAN -> builder.set(signal, folded[0] / folded[1]);
                case MAX -> builder.set(signal, folded[2]);
                case NONE -> {}
            }
        });
        return builder.build();
    }

    /**
     * Writes the frame; nothing while no member has ever counted.
     *
     * @param ends whether it is the model's last
     */
    void tell(int[] windowPanes, boolean ends) {
        if (!state.begun) {
            return;
        }
        long pane = tickMillis / Frame.TICK_MILLIS;
        Gauges folded = gauges();
        for (int i = 0; i < Windows.GAUGES.length; i++) {
            state.history.observe(pane, i, folded.get(Windows.GAUGES[i]));
        }
        state.history.advance(pane);
        Release why = ends ? release : members > 0 ? Release.SCRAPE : Release.SILENCE;
        out.frame(new Frame(
                Entity.model(state.modelName, state.role, labels == null ? Map.of() : labels),
                tickMillis,
                intervalMillis,
                why,
                members,
                membersUp,
                Double.NaN,
                folded,
                null,
                Life.NONE,
                promptLimit,
                ends
                        ? List.of()
                        : Windows.of(
                                windowPanes,
                                Windows.GAUGES,
                                state.history,
                                state.layout,
                                i -> state.seenMillis[i] > tickMillis - KNOWN_MILLIS)));
    }
}
