package io.vedette.jobs.rules;

import io.vedette.jobs.life.StateTracker;
import io.vedette.jobs.xid.XidHistory;
import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.signal.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Evaluates rules on frames of which everything, something and nothing is known. */
final class Judged {
    private static final long TICK = 7_200_000;
    private static final List<Frame> FRAMES = List.of(
            FrameBuilder.serving().promptLimit(2_000).at(TICK),
            full(new Random(1)).at(TICK),
            full(new Random(2)).covered(0).at(TICK),
            new FrameBuilder(FrameBuilder.REPLICA).at(TICK),
            new FrameBuilder(FrameBuilder.REPLICA)
                    .downSince(TICK - 90_000, "refused")
                    .at(TICK),
            new FrameBuilder(FrameBuilder.MODEL).members(0, 0).at(TICK),
            new FrameBuilder(Entity.replica("i", "0", "", "", "", Map.of())).at(TICK));

    private Judged() {}

    private static FrameBuilder full(Random random) {
        FrameBuilder frame = FrameBuilder.serving();
        for (Signal signal : Signal.values()) {
            switch (signal.kind()) {
                case GAUGE -> frame.gauge(signal, random.nextInt(10) * random.nextDouble());
                case COUNTER -> {
                    for (String dimension : List.of("", "stop", "error", "5xx")) {
                        frame.growth(signal, dimension, random.nextInt(100));
                    }
                }
                case HISTOGRAM -> {
                    double[] counts = new double[3];
                    Arrays.setAll(counts, i -> random.nextInt(50));
                    frame.histogram(signal, FrameBuilder.observed(Bounds.of(0.5, 2_000), counts));
                }
            }
        }
        return frame;
    }

    /** Everything that is ever evaluated of a rule. */
    static void everywhere(Rule rule, int slots) {
        for (Frame frame : FRAMES) {
            for (Level level : rule.levels()) {
                Scope live = new Scope(
                        StateTracker.situation(StateTracker.next(null, frame), XidHistory.NONE, frame), slots);
                Scope scope = live.with(level.references(live));
                level.condition().evaluate(scope);
                level.value().evaluate(scope);
                level.threshold().evaluate(scope);
                level.summary().render(scope);
                level.action().render(scope);
            }
        }
    }
}
