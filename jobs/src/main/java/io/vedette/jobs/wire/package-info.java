@NullMarked
package io.vedette.jobs.wire;

import org.jspecify.annotations.NullMarked;
