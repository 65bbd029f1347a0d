package io.vedette.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.sample.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureSurveyTest {
    private static final Target TARGET = new Target("one", "", "replay", "", "both", Map.of());

    @TempDir
    private Path root;

    private final Map<String, String> files = new LinkedHashMap<>();

    @BeforeEach
    void writeScrapesAmongOtherThings() {
        files.put("1000.prom", "a 1\n");
        files.put("1000.5.prom", "a 1\n");
        files.put("noon.down", "timeout");
        files.put("7000.prom", "a 1\n");
        files.put("notes.txt", "");
        files.put("4000.down", "timeout");
    }

    @Test
    void countsWhatWasMeantToBeAScrapeInAnArchive() {
        Path archive = Archives.write(root.resolve("scrapes.tar.xz"), files);

        assertThat(CaptureSurvey.of(new Capture("one", archive, TARGET)))
                .isEqualTo(new CaptureSurvey(3, 1000, 7000, 3000, false, Optional.empty(), 2));
    }

    @Test
    void countsWhatWasMeantToBeAScrapeInAFolder() throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(root.resolve(file.getKey()), file.getValue());
        }
        Files.createDirectory(root.resolve("9000.prom"));

        assertThat(CaptureSurvey.of(new Capture("one", root, TARGET)))
                .isEqualTo(new CaptureSurvey(3, 1000, 7000, 3000, true, Optional.empty(), 3));
    }

    @Test
    void refusesAnArchiveThatWantsMoreMemoryThanThereIs() throws IOException {
        Path archive = Archives.write(root.resolve("scrapes.tar.xz"), files);
        Files.write(archive, claimingLargestDictionary(Files.readAllBytes(archive)));

        assertThat(CaptureSurvey.of(new Capture("one", archive, TARGET)).damage())
                .hasValueSatisfying(damage -> assertThat(damage)
                        .startsWith(archive + " cannot be read at all (")
                        .contains("131072"));
    }

    /** Changes the only property of LZMA2 in the header of the first block, which has a CRC of its own (the .xz file format, 3.1). */
    private static byte[] claimingLargestDictionary(byte[] xz) {
        int header = 12;
        int property = header + 4;
        xz[property] = 40;
        int crc = header + 4 * xz[header];
        CRC32 sum = new CRC32();
        sum.update(xz, header, crc - header);
        ByteBuffer.wrap(xz).order(ByteOrder.LITTLE_ENDIAN).putInt(crc, (int) sum.getValue());
        return xz;
    }
}
