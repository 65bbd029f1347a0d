package io.vedette.job;

import java.nio.file.Path;

/** The job jar that the build has just made. */
final class TestJar {
    private TestJar() {}

    static Path path() {
        return Path.of(System.getProperty("vedette.job", "target/vedette-job.jar"))
                .toAbsolutePath();
    }
}
