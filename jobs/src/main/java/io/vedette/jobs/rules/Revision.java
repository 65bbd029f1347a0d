package io.vedette.jobs.rules;

import io.vedette.model.yaml.YamlValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells whether a level judges as it did before a restart. A digest of what is written in the rule, which does not change from one JVM to the next. */
final class Revision {
    private static final List<String> OF_RULE = List.of("scope", "states", "requires");
    private static final List<String> OF_LEVEL = List.of("when", "requires", "threshold");

    private Revision() {}

    /**
     * The revision of a level; never 0.
     *
     * @param parameters of rule and level, with what a model has instead
     */
    static long of(
            Map<String, YamlValue> ofRule,
            Map<String, YamlValue> ofLevel,
            long windowMillis,
            Map<String, Parameter> parameters) {
        StringBuilder text = new StringBuilder().append(windowMillis);
        OF_RULE.forEach(key -> append(text, key, ofRule.get(key)));
        OF_LEVEL.forEach(key -> append(text, key, ofLevel.get(key)));
        new TreeMap<>(parameters)
                .forEach((name, parameter) ->
                        text.append('\n').append(name).append('=').append(parameter.value()));
        long digest = ByteBuffer.wrap(sha256(text.toString())).getLong();
        return digest == 0 ? 1 : digest;
    }

    private static void append(StringBuilder to, String key, @Nullable YamlValue value) {
        if (value != null) {
            String written = value.isSequence() ? String.join(" ", value.strings()) : value.string();
            to.append('\n').append(key).append(": ").append(written.strip().replaceAll("\\s+", " "));
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
