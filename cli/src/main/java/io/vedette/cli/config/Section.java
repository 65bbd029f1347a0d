package io.vedette.cli.config;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A mapping in the file that may have certain keys only. */
final class Section {
    private final YamlValue place;
    private final Map<String, YamlValue> values;

    Section(YamlValue place, Set<String> keys) {
        this.place = place;
        this.values = place.mapping(keys);
    }

    /** Where the mapping stands. */
    YamlValue place() {
        return place;
    }

    /** What stands under its keys. */
    Map<String, YamlValue> values() {
        return Map.copyOf(values);
    }

    Optional<YamlValue> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    YamlValue required(String key) {
        return get(key).orElseThrow(() -> place.mistake("'" + key + "' is missing here"));
    }

    /** A section within this one. */
    Optional<Section> section(String key, Set<String> keys) {
        return get(key).map(value -> new Section(value, keys));
    }

    Optional<String> string(String key) {
        return get(key).map(YamlValue::string);
    }

    /** A file's path, relative to the folder of the configuration. */
    Optional<Path> path(String key) {
        return get(key).map(YamlValue::path);
    }

    ConfigurationException mistake(String problem) {
        return place.mistake(problem);
    }

    /** Builds something out of this section; what it refuses is told at the section's place. */
    <T> T build(Supplier<T> parts) {
        return at(place, parts);
    }

    /** Builds something; what it refuses is told at a value's place. */
    static <T> T at(YamlValue value, Supplier<T> parts) {
        try {
            return parts.get();
        } catch (IllegalArgumentException e) {
            throw value.mistake(String.valueOf(e.getMessage()));
        }
    }
}
