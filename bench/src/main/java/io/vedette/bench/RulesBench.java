package io.vedette.bench;

import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.detect.EntityDetectStateCodec;
import io.vedette.jobs.life.AlertLife;
import io.vedette.jobs.life.EntityDetectState;
import io.vedette.jobs.life.EventWriter;
import io.vedette.jobs.rules.ModelTuning;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.jobs.track.PromptLimits;
import io.vedette.model.frame.Frame;
import io.vedette.model.yaml.YamlValue;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What it costs to judge a fleet, by the shipped rules and by many of a user's own: {@code RulesBench [RULES [ENTITIES [TICKS [CAPTURE]]]]}. CPU time of
 * one thread, warm, windows full; decoding frames is not in it. Also how long that many rules take to load, and what is remembered of an entity.
 */
public final class RulesBench {
    private static final int WARM_INTERVALS = 125;
    private static final int TARGETS_BY_MODEL = 20;
    /** The last is measured. */
    private static final int ROUNDS = 5;
    /** Models that the configuration says something of. */
    private static final int TUNED = 5;

    private final List<List<Frame>> ticks;

    private RulesBench(List<List<Frame>> ticks) {
        this.ticks = ticks;
    }

    /** Prints the figures. */
    public static void main(String[] arguments) throws IOException {
        int rules = argument(arguments, 0, 1_000);
        int entities = argument(arguments, 1, 1_000);
        int ticks = argument(arguments, 2, 24);
        Path capture = Path.of(arguments.length > 3 ? arguments[3] : "captures/overload");
        RulesBench bench = new RulesBench(frames(MovingScrapes.of(capture), entities, ticks));
        System.out.printf(
                Locale.ROOT,
                "%d ticks of %d entities%n",
                ticks,
                bench.ticks.get(0).size());
        System.out.println(Stage.header());
        bench.run("shipped", () -> load(RuleSet.builtIn(), Map.of()));
        String yaml = new UsersRules().yaml(rules);
        bench.run(
                rules + " of a user's",
                () -> load(YamlValue.parse("team.yaml", yaml).orElseThrow(), tuned()));
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    /** Frames of replicas and their models, so many together. */
    private static List<List<Frame>> frames(MovingScrapes scrapes, int entities, int ticks) {
        int targets = entities * TARGETS_BY_MODEL / (TARGETS_BY_MODEL + 1);
        BenchFrames frames =
                new BenchFrames(new BenchFleet(scrapes, targets, 1_800_000_000_000L), new PromptLimits(Map.of()));
        List<List<Frame>> kept = new ArrayList<>();
        for (int interval = 0; interval < WARM_INTERVALS + ticks; interval++) {
            List<Frame> at = frames.at(interval);
            if (interval >= WARM_INTERVALS) {
                kept.add(at);
            }
        }
        return kept;
    }

    /** Each model with limits of its own for some rules. */
    private static Map<String, ModelTuning> tuned() {
        Map<String, ModelTuning> models = new HashMap<>();
        for (int model = 0; model < TUNED; model++) {
            StringBuilder entry = new StringBuilder("parameters:\n");
            for (int rule = 0; rule < 60; rule += 6) {
                entry.append("  team-rule-")
                        .append(rule)
                        .append(": {limit: ")
                        .append(30 + model)
                        .append("}\n");
            }
            models.put(
                    String.format(Locale.ROOT, "model-%04d", model),
                    ModelTuning.of(
                            YamlValue.parse("vedette.yaml", entry.toString()).orElseThrow()));
        }
        return models;
    }

    private static RuleSet load(YamlValue file, Map<String, ModelTuning> models) {
        return RuleSet.load(List.of(file), DeriveSettings.defaults().windows(), models);
    }

    private void run(String name, Supplier<RuleSet> loading) throws IOException {
        Stage load = new Stage("load " + name + " rules", Double.NaN);
        load.begin();
        RuleSet rules = loading.get();
        load.end(1);
        Stage judge = new Stage("judge an entity by " + name + " rules", Double.NaN);
        Map<String, EntityDetectState> states = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            states.clear();
            judge.forget();
            judge(AlertLife.ofNewcomers(rules, new EventWriter("docs/runbook.md", 0)), states, judge);
        }
        System.out.println(load.row());
        System.out.println(judge.row());
        describe(states);
    }

    private void judge(AlertLife life, Map<String, EntityDetectState> states, Stage stage) {
        for (List<Frame> frames : ticks) {
            stage.begin();
            for (Frame frame : frames) {
                states.compute(frame.entity().key(), (key, state) -> life.step(state, frame)
                        .after());
            }
            stage.end(frames.size());
        }
    }

    private static void describe(Map<String, EntityDetectState> states) throws IOException {
        long bytes = 0;
        long families = 0;
        for (EntityDetectState state : states.values()) {
            DataOutputStream counted = new DataOutputStream(OutputStream.nullOutputStream());
            new EntityDetectStateCodec().write(state, counted);
            bytes += counted.size();
            families += state.families().size();
        }
        System.out.printf(
                Locale.ROOT,
                "  a state in a checkpoint: %d bytes, with %.1f families pending or firing%n",
                bytes / states.size(),
                (double) families / states.size());
    }
}
