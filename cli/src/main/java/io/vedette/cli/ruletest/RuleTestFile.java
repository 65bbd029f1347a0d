package io.vedette.cli.ruletest;

import io.vedette.cli.config.ModelsConfiguration;
import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.rules.MisfitRule;
import io.vedette.jobs.rules.Rule;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads a file of tests. Its first mistake, or that of the rules, stops it. For one use. */
final class RuleTestFile {
    /** What a test may say, or the file for all tests that do not. */
    static final Set<String> SHARED_KEYS = Set.of("interval", "models", "labels", "context_length", "only", "except");

    static final Set<String> FILE_KEYS = union(SHARED_KEYS, Set.of("rules", "windows", "tests"));
    static final Set<String> TEST_KEYS = union(SHARED_KEYS, Set.of("name", "series", "expect"));

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);
    private static final int DEFAULT_CONTEXT = 32_768;
    private static final int MOST_CONTEXT = 100_000_000;

    private final Map<String, YamlValue> shared;
    private final List<YamlValue> ruleFiles;
    private final List<Duration> windows;
    private final List<YamlValue> tests;
    /** Rules by what they are tuned with: most tests of a file share them. */
    private final Map<Optional<YamlValue>, RuleSet> loaded = new HashMap<>();

    private RuleTestFile(YamlValue file) {
        this.shared = file.mapping(FILE_KEYS);
        YamlValue list = shared.get("tests");
        if (list == null) {
            throw file.mistake("'tests' is missing: a list of {name, series, expect}");
        }
        this.tests = list.sequence();
        this.windows = Optional.ofNullable(shared.get("windows"))
                .map(RuleTestFile::windows)
                .orElse(SeriesSettings.DEFAULT_WINDOWS);
        this.ruleFiles = Optional.ofNullable(shared.get("rules"))
                .map(rules -> rules.sequence().stream()
                        .map(name -> RuleSet.file(name.path()))
                        .toList())
                .orElseGet(() -> List.of(RuleSet.builtIn()));
    }

    /**
     * Reads the tests of a file, in its order.
     *
     * @throws ConfigurationException at the first mistake
     */
    static List<RuleTest> read(Path file) {
        return read(YamlValue.read(file)
                .orElseThrow(() ->
                        new ConfigurationException(file.toString(), "the file is empty; tests begin with 'tests:'")));
    }

    static List<RuleTest> read(YamlValue file) {
        RuleTestFile reader = new RuleTestFile(file);
        List<RuleTest> tests = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlValue written : reader.tests) {
            RuleTest test = reader.test(written);
            if (!names.add(test.name())) {
                throw written.mistake("there is a test '" + test.name() + "' already");
            }
            tests.add(test);
        }
        return tests;
    }

    private static List<Duration> windows(YamlValue written) {
        List<Duration> windows = written.sequence().stream()
                .map(YamlValue::duration)
                .distinct()
                .sorted()
                .toList();
        try {
            return new DeriveSettings(windows, Map.of()).windows();
        } catch (IllegalArgumentException e) {
            throw written.mistake(String.valueOf(e.getMessage()));
        }
    }

    private RuleTest test(YamlValue written) {
        Map<String, YamlValue> own = written.mapping(TEST_KEYS);
        Map<String, YamlValue> keys = new HashMap<>(shared);
        if (own.containsKey("only") || own.containsKey("except")) {
            keys.remove("only");
            keys.remove("except");
        }
        keys.putAll(own);
        ModelsConfiguration models = ModelsConfiguration.read(Optional.ofNullable(keys.get("models")));
        RuleSet rules = loaded.computeIfAbsent(
                Optional.ofNullable(keys.get("models")), of -> RuleSet.load(ruleFiles, windows, models.tunings()));
        Set<String> ids = rules.rules().stream().map(Rule::id).collect(Collectors.toCollection(TreeSet::new));
        ids.add(MisfitRule.ID);
        return new RuleTest(
                required(written, own, "name").string(),
                written.line(),
                rules,
                new DeriveSettings(windows, models.promptLimits()),
                new RuleTest.Choice(
                        ids(Optional.ofNullable(keys.get("only")), ids),
                        ids(Optional.ofNullable(keys.get("except")), ids)),
                Scenario.read(
                        required(written, own, "series"),
                        labels(Optional.ofNullable(keys.get("labels")), models),
                        interval(Optional.ofNullable(keys.get("interval"))),
                        Optional.ofNullable(keys.get("context_length"))
                                .map(tokens -> tokens.integer(1, MOST_CONTEXT))
                                .orElse(DEFAULT_CONTEXT)),
                Expectation.readAll(required(written, own, "expect"), ids));
    }

    private static YamlValue required(YamlValue test, Map<String, YamlValue> keys, String key) {
        YamlValue value = keys.get(key);
        if (value == null) {
            throw test.mistake("'" + key + "' is missing");
        }
        return value;
    }

    private static Map<String, String> labels(Optional<YamlValue> written, ModelsConfiguration models) {
        Map<String, String> labels = new HashMap<>();
        if (models.tunings().size() == 1) {
            labels.put(
                    SeriesSpec.MODEL_NAME, models.tunings().keySet().iterator().next());
        }
        written.ifPresent(own -> labels.putAll(Scenario.labels(own)));
        return labels;
    }

    private static Duration interval(Optional<YamlValue> written) {
        Duration interval = written.map(YamlValue::duration).orElse(DEFAULT_INTERVAL);
        if (interval.compareTo(LEAST_INTERVAL) < 0) {
            throw written.orElseThrow().mistake("an engine is scraped once a second at most: interval: 1s");
        }
        return interval;
    }

    private static Set<String> ids(Optional<YamlValue> written, Set<String> ids) {
        Set<String> chosen = new HashSet<>();
        for (YamlValue id : written.map(YamlValue::sequence).orElse(List.of())) {
            if (!ids.contains(id.string())) {
                throw id.mistake("there is no rule '" + id.string() + "'" + NearestName.hint(id.string(), ids));
            }
            chosen.add(id.string());
        }
        return chosen;
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> both = new HashSet<>(a);
        both.addAll(b);
        return Set.copyOf(both);
    }
}
