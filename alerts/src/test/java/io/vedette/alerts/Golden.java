package io.vedette.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that hold what services are sent. {@code -Dvedette.golden=write} writes them anew: to be read before they are committed. */
public final class Golden {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Path ROOT = Path.of("src/test/resources/io/vedette/alerts");

    private Golden() {}

    /** Holds JSON against a file, whatever the white space. */
    public static void assertJson(String file, byte[] written) throws IOException {
        assertText(file, JSON.writeValueAsString(JSON.readTree(written)) + '\n');
    }

    /** Holds a text against a file. */
    public static void assertText(String file, String written) throws IOException {
        Path golden = ROOT.resolve(file);
        if ("write".equals(System.getProperty("vedette.golden"))) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, written);
        }
        assertThat(written).isEqualTo(Files.readString(golden, UTF_8));
    }
}
