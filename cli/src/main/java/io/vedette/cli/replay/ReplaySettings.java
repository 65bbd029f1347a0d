package io.vedette.cli.replay;

import io.vedette.cli.config.ReplayConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to replay and where to put what comes of it.
 *
 * @param own what to derive and to judge by, to be compared with what ships; empty for the latter alone
 * @param parallelism of both jobs; results do not depend on it
 */
public record ReplaySettings(
        List<Path> captures,
        Optional<ReplayConfiguration> own,
        Optional<Path> derived,
        Optional<Path> alerts,
        int parallelism) {
    public ReplaySettings {
        captures = List.copyOf(captures);
    }
}
