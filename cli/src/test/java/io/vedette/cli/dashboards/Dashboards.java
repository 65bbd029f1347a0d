package io.vedette.cli.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/** The dashboards and where their files are. */
final class Dashboards {
    static final Path FOLDER = Path.of("..", "deploy", "grafana");
    static final List<String> NAMES = List.of("fleet", "model", "gpus", "vedette");

    private Dashboards() {}

    /** What a description comes to. */
    static ObjectNode write(String name) {
        Path descriptions = FOLDER.resolve("description");
        return DashboardWriter.write(
                descriptions.resolve(name + ".yaml"), Shared.read(descriptions.resolve("common.yaml")));
    }

    /** Where the JSON is checked in. */
    static Path file(String name) {
        return FOLDER.resolve("dashboards").resolve("vedette-" + name + ".json");
    }

    /** The text of a file: indented, the same on every machine. */
    static String text(ObjectNode dashboard) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(dashboard) + '\n';
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes is JSON", e);
        }
    }
}
