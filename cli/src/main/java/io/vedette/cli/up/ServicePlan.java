package io.vedette.cli.up;

import io.vedette.cli.UserMistake;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a command runs until it is told to end. */
public interface ServicePlan {
    /** The folder for what survives a restart, which is then kept to one process; empty when nothing is kept on disk. */
    Optional<Path> folder();

    /**
     * Starts it; on return all of it runs.
     *
     * @param data the folder, locked; empty when there is none
     * @throws UserMistake when something is in the way that the user can mend
     * @throws RuntimeException of the part that did not start, with a message for the user
     */
    Service start(Optional<DataFolder> data, ServiceListener listener);

    /** Something that runs. Closing it stops everything, within a few seconds; repeated calls do nothing. */
    interface Service extends AutoCloseable {
        /** What is said once it runs. */
        List<String> welcome();

        @Override
        void close();
    }
}
