package io.vedette.jobs.rules;

import io.vedette.model.alert.Severity;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one rule of a rule file. A mistake goes to the findings, and reading carries on behind it. Not thread-safe. */
final class RuleParser {
    static final Set<String> LEVEL_KEYS = Set.of(
            "severity", "when", "requires", "for", "value", "threshold", "parameters", "summary", "action", "misfit");
    static final Set<String> KEYS = union(
            LEVEL_KEYS,
            Set.of(
                    "id",
                    "family",
                    "scope",
                    "states",
                    "profiles",
                    "models",
                    "window",
                    "keep_firing_for",
                    "hold_unknown",
                    "unit",
                    "explains",
                    "optional",
                    "levels"));

    /** What a rule says once for all of its levels. */
    private static final Set<String> ONLY_WITHOUT_LEVELS = Set.of("severity", "when", "for", "value", "threshold");

    static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");
    private static final String DEFAULT_WINDOW = "1m";
    private static final long DEFAULT_WINDOW_MILLIS = 60_000;
    private static final Duration DEFAULT_KEEP_FIRING = Duration.ofMinutes(1);
    private static final Duration DEFAULT_HOLD_UNKNOWN = Duration.ofMinutes(5);

    private final WindowNames windows;
    private final Readings readings;
    private final Findings findings;

    RuleParser(WindowNames windows, Readings readings, Findings findings) {
        this.windows = windows;
        this.readings = readings;
        this.findings = findings;
    }

    /**
     * Reads a rule; empty when it has a mistake.
     *
     * @param overrides parameters that a model has of its own, by name
     */
    Optional<Rule> parse(YamlValue source, Map<String, YamlValue> overrides) {
        int known = findings.mistakeCount();
        if (!source.isMapping()) {
            findings.mistake(source.mistake("a rule is expected here: - id: …"));
            return Optional.empty();
        }
        Map<String, YamlValue> keys =
                findings.attempt(() -> source.mapping(KEYS, findings::mistake), Map.<String, YamlValue>of());
        String id = findings.attempt(() -> name(required(source, keys, "id"), ID, "an id"), "");
        YamlValue family = keys.get("family");
        long windowMillis = findings.attempt(() -> windowMillis(source, keys), DEFAULT_WINDOW_MILLIS);
        Set<EntityState> states = findings.attempt(() -> states(keys.get("states")), EnumSet.of(EntityState.SERVING));
        Measure unit = findings.attempt(() -> unit(keys.get("unit")), Optional.<Measure>empty())
                .orElse(null);
        Set<Signal> optional = findings.attempt(() -> optional(keys.get("optional")), EnumSet.noneOf(Signal.class));
        RuleParameters parameters = new RuleParameters(overrides, findings);
        Map<String, Parameter> ofRule = parameters.read(keys.get("parameters"), Map.of());
        List<Level> levels = new ArrayList<>();
        LevelCheck check = new LevelCheck();
        for (YamlValue levelSource : levelSources(source, keys)) {
            Map<String, YamlValue> levelKeys = levelSource == source
                    ? keys
                    : findings.attempt(
                            () -> levelSource.mapping(LEVEL_KEYS, findings::mistake), Map.<String, YamlValue>of());
            Map<String, Parameter> ofLevel =
                    levelSource == source ? ofRule : parameters.read(levelKeys.get("parameters"), ofRule);
            LevelParser parser = new LevelParser(
                    levelSource,
                    levelKeys,
                    ofLevel,
                    new LevelParser.OfRule(
                            keys, windows, windowMillis, unit, states, optional, readings, !overrides.isEmpty()),
                    findings);
            parser.parse().ifPresent(level -> {
                levels.add(level);
                check.add(parser.judged(level));
            });
            parameters.used(parser.usedParameters());
        }
        parameters.requireKnownOverrides(id);
        String familyName = findings.attempt(() -> family == null ? id : name(family, ID, "a family"), "");
        Set<EntityKind> scope = findings.attempt(
                () -> RuleScope.of(
                        chosen(
                                required(source, keys, "scope"),
                                EntityKind.faces().toArray(EntityKind[]::new),
                                EntityKind::word,
                                EntityKind.class),
                        levels,
                        required(source, keys, "scope")),
                EnumSet.noneOf(EntityKind.class));
        Set<Profile> profiles = findings.attempt(() -> profiles(keys.get("profiles")), EnumSet.allOf(Profile.class));
        Set<String> models = findings.attempt(() -> models(keys.get("models")), Set.of());
        long keepFiringMillis = findings.attempt(() -> duration(keys.get("keep_firing_for"), DEFAULT_KEEP_FIRING), 0L);
        long holdUnknownMillis = findings.attempt(() -> duration(keys.get("hold_unknown"), DEFAULT_HOLD_UNKNOWN), 0L);
        List<String> explains = findings.attempt(() -> explains(keys.get("explains")), List.of());
        if (findings.mistakeCount() > known || levels.isEmpty()) {
            return Optional.empty();
        }
        parameters.doubtUnused();
        check.run(overrides, findings);
        return Optional.of(new Rule(
                id,
                familyName,
                scope,
                states,
                profiles,
                models,
                windowMillis,
                keepFiringMillis,
                holdUnknownMillis,
                explains,
                bySeverity(levels)));
    }

    private long windowMillis(YamlValue source, Map<String, YamlValue> keys) {
        YamlValue window = keys.get("window");
        return window == null
                ? windows.millis(DEFAULT_WINDOW, source::mistake)
                : windows.millis(window.string(), window::mistake);
    }

    static YamlValue required(YamlValue source, Map<String, YamlValue> keys, String key) {
        YamlValue value = keys.get(key);
        if (value == null) {
            throw source.mistake("'" + key + "' is missing");
        }
        return value;
    }

    private List<YamlValue> levelSources(YamlValue source, Map<String, YamlValue> keys) {
        YamlValue levels = keys.get("levels");
        if (levels == null) {
            return List.of(source);
        }
        for (String key : ONLY_WITHOUT_LEVELS) {
            if (keys.containsKey(key)) {
                findings.mistake(
                        keys.get(key).mistake("'" + key + "' stands beside 'levels'; write it into each level"));
            }
        }
        List<YamlValue> sources = findings.attempt(levels::sequence, List.of());
        if (levels.isSequence() && sources.isEmpty()) {
            findings.mistake(levels.mistake("'levels' is empty; write at least one {severity, when}"));
        }
        Set<String> severities = new HashSet<>();
        for (YamlValue level : sources) {
            findings.attempt(() -> {
                YamlValue severity = level.mapping().get("severity");
                if (severity != null && !severities.add(severity.string())) {
                    throw severity.mistake("two levels are '" + severity.string() + "'; join their conditions with ||");
                }
            });
        }
        return sources.stream().filter(YamlValue::isMapping).toList();
    }

    private static List<Level> bySeverity(List<Level> levels) {
        return levels.stream()
                .sorted(Comparator.comparing(Level::severity).reversed())
                .toList();
    }

    private static Set<EntityState> states(@Nullable YamlValue words) {
        if (words == null) {
            return EnumSet.of(EntityState.SERVING);
        }
        EntityState[] possible = Arrays.stream(EntityState.values())
                .filter(EntityState::canBeJudged)
                .toArray(EntityState[]::new);
        return chosen(words, possible, EntityState::word, EntityState.class);
    }

    private static Set<Profile> profiles(@Nullable YamlValue words) {
        return words == null
                ? EnumSet.allOf(Profile.class)
                : chosen(words, Profile.values(), Profile::word, Profile.class);
    }

    private static Set<String> models(@Nullable YamlValue names) {
        if (names == null) {
            return Set.of();
        }
        Set<String> found = new LinkedHashSet<>(names.isSequence() ? names.strings() : List.of(names.string()));
        if (found.isEmpty() || found.contains("")) {
            throw names.mistake(
                    "the name of a model is expected here, as the engine gives it; without 'models' the rule is for all");
        }
        return found;
    }

    private static Set<Signal> optional(@Nullable YamlValue names) {
        return names == null
                ? EnumSet.noneOf(Signal.class)
                : chosen(names, Signal.values(), Signal::signalName, Signal.class);
    }

    private static List<String> explains(@Nullable YamlValue families) {
        return families == null ? List.of() : families.strings();
    }

    private static Optional<Measure> unit(@Nullable YamlValue word) {
        return word == null ? Optional.empty() : Optional.of(one(word, Measure.values(), Measure::word));
    }

    static Severity severity(YamlValue word) {
        return one(word, Severity.values(), Severity::word);
    }

    private static <E extends Enum<E>> Set<E> chosen(
            YamlValue words, E[] possible, Function<E, String> wordOf, Class<E> type) {
        Set<E> found = EnumSet.noneOf(type);
        for (YamlValue word : words.isSequence() ? words.sequence() : List.of(words)) {
            found.add(one(word, possible, wordOf));
        }
        if (found.isEmpty()) {
            throw words.mistake("at least one is expected here: "
                    + String.join(", ", Arrays.stream(possible).map(wordOf).toList()));
        }
        return found;
    }

    private static <E> E one(YamlValue word, E[] possible, Function<E, String> wordOf) {
        return Arrays.stream(possible)
                .filter(e -> wordOf.apply(e).equals(word.string()))
                .findFirst()
                .orElseThrow(() -> word.mistake("'" + word.string() + "' is not known here"
                        + NearestName.hint(
                                word.string(),
                                Arrays.stream(possible).map(wordOf).toList())));
    }

    private static String name(YamlValue value, Pattern form, String what) {
        if (!form.matcher(value.string()).matches()) {
            throw value.mistake("'" + value.string() + "' is not " + what + "; write it like-this");
        }
        return value.string();
    }

    static long duration(@Nullable YamlValue value, Duration otherwise) {
        return (value == null ? otherwise : value.duration()).toMillis();
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> both = new HashSet<>(a);
        both.addAll(b);
        return Set.copyOf(both);
    }
}
