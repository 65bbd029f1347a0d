package io.vedette.jobs.life;

import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.alert.AlertState;
import io.vedette.model.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Feeds frames of one entity to the life of its alerts, a tick after another, and keeps what comes out. For tests. */
final class Watch {
    /** When a watch begins: midnight of 1970-01-03. */
    static final long START = 172_800_000;

    private final AlertLife life;
    private final boolean newcomer;
    private FrameBuilder frames;
    private @Nullable EntityDetectState state;
    private long tick = START;
    private final List<AlertEvent> events = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> states = new ArrayList<>();

    Watch(RuleSet rules, FrameBuilder frames) {
        this(rules, frames, new EventWriter("docs/runbook.md", 0));
    }

    Watch(RuleSet rules, FrameBuilder frames, EventWriter writer) {
        this(frames, false, new AlertLife(rules, writer));
    }

    private Watch(FrameBuilder frames, boolean newcomer, AlertLife life) {
        this.life = life;
        this.newcomer = newcomer;
        this.frames = frames;
    }

    /** An entity of which nothing is known, not even that it has ever been healthy. */
    static Watch ofNewcomer(RuleSet rules, FrameBuilder frames) {
        return new Watch(frames, true, AlertLife.ofNewcomers(rules, new EventWriter("docs/runbook.md", 0)));
    }

    /** The same entity, its state taken over by other rules. */
    Watch restartedWith(RuleSet rules) {
        Watch restarted = newcomer ? ofNewcomer(rules, frames) : new Watch(rules, frames);
        restarted.state = state;
        restarted.tick = tick;
        return restarted;
    }

    /** Changes what the following frames say. */
    Watch given(UnaryOperator<FrameBuilder> change) {
        frames = change.apply(frames);
        return this;
    }

    /** Feeds frames for a span of time. */
    Watch passes(int seconds) {
        for (long end = tick + seconds * 1_000L; tick < end; tick += Frame.TICK_MILLIS) {
            step(frames.at(tick));
        }
        return this;
    }

    /** Lets time go by without frames. */
    Watch misses(int seconds) {
        tick += seconds * 1_000L;
        return this;
    }

    private void step(Frame frame) {
        if (AlertLife.isOld(state, frame)) {
            return;
        }
        DetectStep step = life.step(state, frame);
        state = step.after();
        for (AlertEvent event : step.events()) {
            events.add(event);
            ResolvedReason reason = event.resolvedReason();
            told.add(at(frame)
                    + event.alertname()
                    + ' '
                    + event.severity().word()
                    + ' '
                    + (reason == null ? "fires" : "ends: " + reason.word()));
        }
        for (AlertStateChange change : step.changes()) {
            AlertState now = change.state();
            states.add(at(frame)
                    + (now == null
                            ? "deleted"
                            : now.alertname() + ' ' + now.severity().word() + (now.firing() ? " firing" : " pending")));
        }
    }

    private static String at(Frame frame) {
        return (frame.tickMillis() - START) / 1000 + " s: ";
    }

    /** What was told, a line an event: {@code "120 s: queue-slow warning fires"}. */
    List<String> told() {
        return told;
    }

    /** What was written to the topic of states, a line a change. */
    List<String> states() {
        return states;
    }

    List<AlertEvent> events() {
        return events;
    }

    @Nullable
    EntityDetectState state() {
        return state;
    }
}
