package io.vedette.cli.replay;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to replay and where to put what comes of it.
 *
 * @param rules a rule file instead of the rules that Vedette comes with
 * @param parallelism of both jobs; results do not depend on it
 */
public record ReplaySettings(
        List<Path> captures, Optional<Path> rules, Optional<Path> derived, Optional<Path> alerts, int parallelism) {
    public ReplaySettings {
        captures = List.copyOf(captures);
    }
}
