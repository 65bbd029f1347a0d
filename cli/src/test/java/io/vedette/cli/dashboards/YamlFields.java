package io.vedette.cli.dashboards;

import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A mapping of a description that may have certain keys only. */
record YamlFields(YamlValue place, Map<String, YamlValue> values) {
    static YamlFields of(YamlValue place, Set<String> keys) {
        return new YamlFields(place, place.mapping(keys));
    }

    Optional<YamlValue> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    YamlValue get(String key) {
        return find(key).orElseThrow(() -> place.mistake("'" + key + "' is missing here"));
    }

    String text(String key) {
        return get(key).string();
    }

    String text(String key, String otherwise) {
        return find(key).map(YamlValue::string).orElse(otherwise);
    }

    int number(String key, int otherwise) {
        return find(key).map(value -> value.integer(0, 10_000)).orElse(otherwise);
    }

    boolean is(String key) {
        return find(key).map(YamlValue::bool).orElse(false);
    }

    List<YamlValue> list(String key) {
        return find(key).map(YamlValue::sequence).orElse(List.of());
    }

    void ifThere(String key, Consumer<YamlValue> use) {
        find(key).ifPresent(use);
    }
}
