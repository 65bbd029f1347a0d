package io.vedette.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
    @TempDir
    private Path root;

    private CheckpointFolder folder;

    @BeforeEach
    void open() {
        folder = new CheckpointFolder(root.resolve("derive"));
    }

    @Test
    void hasNoCheckpointBeforeItExists() {
        assertThat(folder.newestFirst()).isEmpty();
    }

    @Test
    void countsGenerations() {
        assertThat(folder.newGeneration()).isEqualTo(root.resolve("derive/000001"));
        assertThat(folder.newGeneration()).isEqualTo(root.resolve("derive/000002"));
    }

    @Test
    void givesWholeCheckpointsOfTheNewestGenerationFirst() throws IOException {
        Path first = folder.newGeneration();
        Path old = checkpoint(first, "chk-12");
        Path second = folder.newGeneration();
        Path nine = checkpoint(second, "chk-9");
        Path ten = checkpoint(second, "chk-10");
        Files.createDirectories(second.resolve("chk-11"));
        Files.createDirectories(second.resolve("shared"));
        folder.newGeneration();

        assertThat(folder.newestFirst()).containsExactly(ten, nine, old);
    }

    @Test
    void forgetsOlderGenerationsOnlyOnceTheNewOneHasACheckpoint() throws IOException {
        Path first = folder.newGeneration();
        Path old = checkpoint(first, "chk-1");
        Path second = folder.newGeneration();

        assertThatThrownBy(() -> folder.keepOnly(second)).isInstanceOf(IllegalStateException.class);
        assertThat(folder.newestFirst()).containsExactly(old);

        Path kept = checkpoint(second, "chk-1");
        folder.keepOnly(second);
        assertThat(folder.newestFirst()).containsExactly(kept);
        assertThat(first).doesNotExist();
    }

    private static Path checkpoint(Path generation, String name) throws IOException {
        Path checkpoint = Files.createDirectories(generation.resolve(name));
        Files.writeString(checkpoint.resolve("_metadata"), "");
        return checkpoint;
    }
}
