package io.vedette.jobs.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a job's checkpoints go from a start on, and with which it begins. There is nobody to tidy up later, so it is done at each start: what stays is the
 * generation with the newest checkpoint, and the new one.
 *
 * @param newest the checkpoint to begin with
 * @param generation an empty folder for the new ones
 */
public record ResumedCheckpoints(Optional<Path> newest, Path generation) {
    /** Looks for the newest checkpoint in a job's own folder, which may not be there yet, and makes room for new ones. */
    public static ResumedCheckpoints in(Path folder) {
        CheckpointFolder checkpoints = new CheckpointFolder(folder);
        Optional<Path> newest = checkpoints.newestFirst().stream().findFirst();
        Path generation = checkpoints.newGeneration();
        newest.map(Path::getParent).ifPresent(kept -> checkpoints.keepOnly(kept, generation));
        return new ResumedCheckpoints(newest, generation);
    }
}
