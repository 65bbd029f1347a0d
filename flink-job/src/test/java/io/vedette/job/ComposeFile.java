package io.vedette.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Command lines and environments of {@code docker-compose.yml}, as Compose reads them. */
final class ComposeFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):?-([^}]*)}");

    private final Map<String, String> variables;
    private final Map<String, Object> services;

    /**
     * Reads the file.
     *
     * @param variables what {@code .env} says
     */
    ComposeFile(Path file, Map<String, String> variables) throws IOException {
        this.variables = variables;
        Object root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        this.services = mapping(mapping(root).get("services"));
    }

    /** The names of the services. */
    Set<String> services() {
        return services.keySet();
    }

    /** The command of a service, without what the image's entry point puts before it. */
    List<String> command(String service) {
        List<String> words = new ArrayList<>();
        for (Object word : (List<?>) Objects.requireNonNull(service(service).get("command"))) {
            words.add(text(word));
        }
        return words;
    }

    /** The environment of a service. */
    Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>();
        Optional.ofNullable(service(service).get("environment"))
                .map(ComposeFile::mapping)
                .ifPresent(all -> all.forEach((name, value) -> environment.put(name, text(value))));
        return environment;
    }

    private Map<String, Object> service(String name) {
        return mapping(services.get(name));
    }

    private String text(Object value) {
        Matcher matcher = VARIABLE.matcher(String.valueOf(value));
        String text = matcher.replaceAll(
                found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), found.group(2))));
        return text.replace("$$", "$");
    }

    @SuppressWarnings("unchecked") // keys of a compose file are texts
    private static Map<String, Object> mapping(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
