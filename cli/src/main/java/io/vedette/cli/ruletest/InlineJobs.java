package io.vedette.cli.ruletest;

import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.derive.SampleRecord;
import io.vedette.jobs.detect.DetectSettings;
import io.vedette.jobs.life.AlertLife;
import io.vedette.jobs.life.AlertStateChange;
import io.vedette.jobs.life.DetectStep;
import io.vedette.jobs.life.EntityDetectState;
import io.vedette.jobs.life.EventWriter;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.jobs.track.Jump;
import io.vedette.jobs.track.MemberReport;
import io.vedette.jobs.track.ModelState;
import io.vedette.jobs.track.ModelTracker;
import io.vedette.jobs.track.NodeNote;
import io.vedette.jobs.track.NodeState;
import io.vedette.jobs.track.NodeTracker;
import io.vedette.jobs.track.PromptLimits;
import io.vedette.jobs.track.TargetState;
import io.vedette.jobs.track.TargetTracker;
import io.vedette.jobs.track.TrackEvent;
import io.vedette.jobs.track.TrackOutput;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertState;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.frame.Frame;
import io.vedette.model.otlp.AgentTargets;
import io.vedette.model.otlp.RecordReader;
import io.vedette.model.otlp.UnreadableRecord;
import io.vedette.model.sample.TargetScrape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Both jobs for one partition in one thread: the shells that Flink's operators are around the arithmetic, without Flink. Records come in their order, at least
 * one a second, so that append time never jumps. Not thread-safe.
 */
final class InlineJobs {
    private static final long STEP_MILLIS = 1_000;

    private final RecordReader reader = new RecordReader(Catalogue.shipped());
    private final TargetTracker targets;
    private final ModelTracker models;
    private final NodeTracker nodes = new NodeTracker();
    private final AlertLife life;
    private final Map<String, TargetState> targetStates = new TreeMap<>();
    private final Map<String, ModelState> modelStates = new TreeMap<>();
    private final Map<String, NodeState> nodeStates = new TreeMap<>();
    private final Map<String, Judged> judged = new TreeMap<>();
    private final Map<String, AlertState> alerts = new TreeMap<>();
    private final Map<String, AlertEvent> told = new LinkedHashMap<>();
    private final List<AlertEvent> events = new ArrayList<>();
    private final Map<String, Set<String>> lists = new TreeMap<>();
    private final TrackOutput output = new Output();
    private long watermark = Long.MIN_VALUE;

    /** An entity's newest frame, and what detection remembers since then. */
    record Judged(Frame frame, EntityDetectState state) {}

    InlineJobs(RuleSet rules, DeriveSettings settings) {
        this.targets = new TargetTracker(settings.windowPanes(), new PromptLimits(settings.promptLimits()));
        this.models = new ModelTracker(settings.windowPanes());
        this.life = AlertLife.ofNewcomers(rules, new EventWriter(DetectSettings.RUNBOOK, 0));
    }

    /** Takes a record, and lets time go on to it. */
    void read(SampleRecord record) {
        if (record.value().length > 0) {
            try {
                io.vedette.model.otlp.SampleRecord decoded = reader.read(record.value());
                decoded.targetLists().forEach(list -> list(list, record.appendMillis()));
                decoded.scrapes().forEach(scrape -> scrape(scrape, record));
            } catch (UnreadableRecord e) {
                throw new IllegalStateException("a record of our own cannot be read", e);
            }
        }
        long mark = Math.floorDiv(record.appendMillis() - TargetTracker.BEHIND_MILLIS, STEP_MILLIS) * STEP_MILLIS;
        if (mark > watermark) {
            passTime(mark);
        }
    }

    private void scrape(TargetScrape scrape, SampleRecord record) {
        String instance = scrape.target().instance();
        put(
                targetStates,
                instance,
                targets.onScrape(
                        targetStates.get(instance),
                        scrape,
                        record.appendMillis(),
                        record.intervalMillis(),
                        record.clockOffsetMillis(),
                        Jump.NONE,
                        output));
    }

    private void list(AgentTargets list, long appendMillis) {
        Set<String> now = new TreeSet<>(list.instances());
        Set<String> removed = new HashSet<>(lists.getOrDefault(list.agent(), Set.of()));
        removed.removeAll(now);
        lists.put(list.agent(), now);
        for (String instance : removed) {
            put(
                    targetStates,
                    instance,
                    targets.onRemoved(targetStates.get(instance), instance, list.agent(), appendMillis));
        }
    }

    /** Targets first: their reports come to a model before the watermark does. */
    private void passTime(long to) {
        for (String instance : List.copyOf(targetStates.keySet())) {
            TargetState state = targetStates.get(instance);
            if (state != null) {
                put(targetStates, instance, targets.onTime(state, to, Jump.NONE, output));
            }
        }
        watermark = to;
        for (String root : List.copyOf(modelStates.keySet())) {
            ModelState state = modelStates.get(root);
            if (state != null) {
                put(modelStates, root, models.release(state, to, output));
            }
        }
        for (String node : List.copyOf(nodeStates.keySet())) {
            NodeState state = nodeStates.get(node);
            if (state != null) {
                put(nodeStates, node, nodes.release(state, to, output));
            }
        }
    }

    private static <T> void put(Map<String, T> states, String key, @Nullable T state) {
        if (state == null) {
            states.remove(key);
        } else {
            states.put(key, state);
        }
    }

    /** Takes frames to detection, and reports to models. */
    private final class Output implements TrackOutput {
        @Override
        public void frame(Frame frame) {
            judge(frame);
        }

        @Override
        public void report(MemberReport report) {
            put(modelStates, report.root(), models.onReport(modelStates.get(report.root()), report, watermark, output));
        }

        @Override
        public void note(NodeNote note) {
            put(nodeStates, note.node(), nodes.onNote(nodeStates.get(note.node()), note, watermark, output));
        }

        @Override
        public void count(TrackEvent event) {
            // What is odd about the records of a test, its author wanted so.
        }
    }

    private void judge(Frame frame) {
        String key = frame.entity().key();
        Judged known = judged.get(key);
        EntityDetectState before = known == null ? null : known.state();
        if (AlertLife.isOld(before, frame)) {
            return;
        }
        DetectStep step = life.step(before, frame);
        put(judged, key, step.after() == null ? null : new Judged(frame, step.after()));
        for (AlertEvent event : step.events()) {
            events.add(event);
            told.put(event.fingerprint(), event);
        }
        for (AlertStateChange change : step.changes()) {
            put(alerts, change.fingerprint(), change.state());
        }
    }

    /** All events so far. */
    List<AlertEvent> events() {
        return List.copyOf(events);
    }

    /** What is pending or firing now. */
    List<AlertState> alerts() {
        return List.copyOf(alerts.values());
    }

    /** The last event of an alert that has fired; null where none has. */
    @Nullable
    AlertEvent told(AlertState alert) {
        return told.get(alert.fingerprint());
    }

    /** All entities that there are now. */
    List<Judged> entities() {
        return List.copyOf(judged.values());
    }
}
