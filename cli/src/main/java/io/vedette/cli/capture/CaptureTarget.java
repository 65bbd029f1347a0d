package io.vedette.cli.capture;

import io.vedette.cli.config.Gpus;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.model.sample.Target;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code target.yaml} beside recorded scrapes: what was known of the target when they were made. */
final class CaptureTarget {
    static final String FILE = "target.yaml";
    private static final Set<String> KEYS = Set.of("url", "labels", "node", "gpus");
    private static final String INSTANCE = "instance";
    private static final String NODE = "node";
    private static final String UNKNOWN_URL = "http://replay/metrics";
    private static final String AGENT = "replay";

    private CaptureTarget() {}

    /**
     * The target of a capture, called like it; its label {@code instance} does not count.
     *
     * @throws ConfigurationException when the file is there and has a mistake
     */
    static Target read(String name, Path folder) {
        Path file = folder.resolve(FILE);
        Optional<YamlValue> description = Files.exists(file) ? YamlValue.read(file) : Optional.empty();
        Map<String, String> labels = new LinkedHashMap<>();
        String node = "";
        List<String> gpus = List.of();
        String url = UNKNOWN_URL;
        if (description.isPresent()) {
            Map<String, YamlValue> values = description.get().mapping(KEYS);
            YamlValue given = values.get("labels");
            if (given != null) {
                given.mapping().forEach((label, value) -> labels.put(label, value.string()));
            }
            YamlValue cards = values.get("gpus");
            gpus = cards == null ? gpus : Gpus.read(cards);
            node = text(values, NODE, node);
            url = text(values, "url", url);
        }
        labels.put(INSTANCE, name);
        labels.putIfAbsent(NODE, node);
        try {
            TargetSettings settings = TargetSettings.of(url);
            return new TargetSettings(
                            settings.url(),
                            labels,
                            gpus,
                            settings.interval(),
                            settings.timeout(),
                            settings.credentials(),
                            settings.tls())
                    .target(AGENT, node, Map.of());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(file.toString(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * What {@link #read} makes the same target of, where the folder is called like it. Of the URL, query and fragment are left out, for they may hold
     * secrets.
     */
    static String write(URI url, Target target) {
        Map<String, String> labels = new TreeMap<>(target.labels());
        labels.put("role", target.role());
        if (!target.modelName().isEmpty()) {
            labels.put("model_name", target.modelName());
        }
        StringBuilder yaml = new StringBuilder();
        yaml.append("url: ")
                .append(quoted(url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath()))
                .append('\n');
        if (!target.node().isEmpty()) {
            yaml.append("node: ").append(quoted(target.node())).append('\n');
        }
        if (!target.gpus().isEmpty()) {
            yaml.append("gpus: [")
                    .append(target.gpus().stream().map(CaptureTarget::quoted).collect(Collectors.joining(", ")))
                    .append("]\n");
        }
        yaml.append("labels:\n");
        labels.forEach((name, value) -> yaml.append("  ")
                .append(name)
                .append(": ")
                .append(quoted(value))
                .append('\n'));
        return yaml.toString();
    }

    /** As YAML's double-quoted style wants it. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static String text(Map<String, YamlValue> values, String key, String otherwise) {
        YamlValue value = values.get(key);
        return value == null ? otherwise : value.string();
    }
}
