package io.vedette.jobs.rules;

import io.vedette.model.alert.Severity;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.PrometheusDuration;
import io.vedette.model.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one rule of a rule file. Every method throws {@link ConfigurationException} at the first mistake. Not thread-safe. */
final class RuleParser {
    private static final Set<String> LEVEL_KEYS = Set.of(
            "severity", "when", "requires", "for", "value", "threshold", "parameters", "summary", "action", "misfit");
    static final Set<String> KEYS = union(
            LEVEL_KEYS,
            Set.of(
                    "id",
                    "family",
                    "scope",
                    "states",
                    "profiles",
                    "window",
                    "keep_firing_for",
                    "hold_unknown",
                    "unit",
                    "explains",
                    "optional",
                    "levels"));

    /** What a rule says once for all of its levels. */
    private static final Set<String> ONLY_WITHOUT_LEVELS = Set.of("severity", "when", "for", "value", "threshold");

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Set<String> RESERVED = Set.of("true", "false", "null", "in", "as", "for", "if", "else", "let");
    private static final String DEFAULT_WINDOW = "1m";
    private static final Duration DEFAULT_KEEP_FIRING = Duration.ofMinutes(1);
    private static final Duration DEFAULT_HOLD_UNKNOWN = Duration.ofMinutes(5);

    private final WindowNames windows;
    private final Readings readings;

    RuleParser(WindowNames windows, Readings readings) {
        this.windows = windows;
        this.readings = readings;
    }

    /** @param overrides parameters that a model has of its own, by name */
    Rule parse(YamlValue source, Map<String, YamlValue> overrides) {
        Map<String, YamlValue> keys = source.mapping(KEYS);
        String id = name(required(source, keys, "id"), ID, "an id");
        YamlValue family = keys.get("family");
        String window = keys.containsKey("window") ? keys.get("window").string() : DEFAULT_WINDOW;
        long windowMillis = windows.millis(window, keys.getOrDefault("window", source)::mistake);
        Map<String, Parameter> parameters = parameters(keys.get("parameters"), Map.of(), overrides);
        requireKnown(id, allParameters(keys), overrides);
        List<Level> levels = new ArrayList<>();
        for (YamlValue levelSource : levelSources(source, keys)) {
            LevelParser parser = new LevelParser(
                    levelSource,
                    levelSource == source ? keys : levelSource.mapping(LEVEL_KEYS),
                    levelSource == source
                            ? parameters
                            : parameters(levelSource.mapping().get("parameters"), parameters, overrides),
                    new LevelParser.OfRule(keys, windows, windowMillis, unit(keys.get("unit")), readings));
            levels.add(parser.parse());
        }
        return new Rule(
                id,
                family == null ? id : name(family, ID, "a family"),
                chosen(required(source, keys, "scope"), EntityKind.values(), EntityKind::word, EntityKind.class),
                states(keys.get("states")),
                keys.containsKey("profiles")
                        ? chosen(keys.get("profiles"), Profile.values(), Profile::word, Profile.class)
                        : EnumSet.allOf(Profile.class),
                PrometheusDuration.format(Duration.ofMillis(windowMillis)),
                duration(keys.get("keep_firing_for"), DEFAULT_KEEP_FIRING),
                duration(keys.get("hold_unknown"), DEFAULT_HOLD_UNKNOWN),
                keys.containsKey("explains") ? keys.get("explains").strings() : List.of(),
                bySeverity(levels));
    }

    static YamlValue required(YamlValue source, Map<String, YamlValue> keys, String key) {
        YamlValue value = keys.get(key);
        if (value == null) {
            throw source.mistake("'" + key + "' is missing");
        }
        return value;
    }

    private static List<YamlValue> levelSources(YamlValue source, Map<String, YamlValue> keys) {
        YamlValue levels = keys.get("levels");
        if (levels == null) {
            return List.of(source);
        }
        for (String key : ONLY_WITHOUT_LEVELS) {
            if (keys.containsKey(key)) {
                throw keys.get(key).mistake("'" + key + "' stands beside 'levels'; write it into each level");
            }
        }
        List<YamlValue> sources = levels.sequence();
        if (sources.isEmpty()) {
            throw levels.mistake("'levels' is empty; write at least one {severity, when}");
        }
        Set<String> severities = new HashSet<>();
        for (YamlValue level : sources) {
            YamlValue severity = required(level, level.mapping(LEVEL_KEYS), "severity");
            if (!severities.add(severity.string())) {
                throw severity.mistake("two levels are '" + severity.string() + "'; join their conditions with ||");
            }
        }
        return sources;
    }

    private static List<Level> bySeverity(List<Level> levels) {
        return levels.stream()
                .sorted(Comparator.comparing(Level::severity).reversed())
                .toList();
    }

    private static Map<String, Parameter> parameters(
            @Nullable YamlValue source, Map<String, Parameter> ofRule, Map<String, YamlValue> overrides) {
        Map<String, Parameter> parameters = new LinkedHashMap<>(ofRule);
        if (source != null) {
            source.mapping().forEach((name, value) -> {
                if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
                    throw value.mistake("'" + name + "' is no name for a parameter; write it like this_one");
                }
                if (Vocabulary.WORDS.variable(name).isPresent()) {
                    throw value.mistake("the parameter '" + name + "' is called like a signal; give it another name");
                }
                YamlValue overriding = overrides.getOrDefault(name, value);
                if (parameters.put(name, new Parameter(overriding.number(), overriding)) != null) {
                    throw value.mistake("the rule has a parameter '" + name + "' already; give this one another name");
                }
            });
        }
        return parameters;
    }

    /** Names of the parameters of the rule and of all its levels; each name once, so that a model's configuration can say which it means. */
    private static Set<String> allParameters(Map<String, YamlValue> keys) {
        Set<String> names = new LinkedHashSet<>();
        Stream<YamlValue> levels = Optional.ofNullable(keys.get("levels")).stream()
                .flatMap(list -> list.sequence().stream())
                .flatMap(level -> Optional.ofNullable(level.mapping(LEVEL_KEYS).get("parameters")).stream());
        Stream.concat(Optional.ofNullable(keys.get("parameters")).stream(), levels)
                .forEach(source -> source.mapping().forEach((name, value) -> {
                    if (!names.add(name)) {
                        throw value.mistake(
                                "the rule has a parameter '" + name + "' already; give this one another name");
                    }
                }));
        return names;
    }

    private static void requireKnown(String rule, Set<String> names, Map<String, YamlValue> overrides) {
        overrides.forEach((name, value) -> {
            if (!names.contains(name)) {
                throw value.mistake("the rule " + rule + " has no parameter '" + name + "'"
                        + (names.isEmpty() ? "" : NearestName.hint(name, names)));
            }
        });
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

    private static @Nullable Measure unit(@Nullable YamlValue word) {
        return word == null ? null : one(word, Measure.values(), Measure::word);
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
