package io.vedette.cli.replay;

import io.vedette.cli.capture.Capture;

/**
 * A capture as the job replays it.
 *
 * @param intervalMillis what stands in the header of each record
 */
record ReplayedCapture(Capture capture, long intervalMillis) {}
