#pragma once
#include "models/ports/object_store.h"
#include "models/tasks/services.h"

// Where a job's data go while they are sealed, and where they are read again to be checked.
namespace sealwright {

class SealedPlace {
public:
    virtual ~SealedPlace() = default;
    virtual ByteSink& sink() = 0;
    /// All has been written: what is there now, to be read as often as it takes. Once.
    virtual Outcome<std::shared_ptr<const ByteSource>> written() = 0;
    /// The finished file; null where the data lie in the store already. Once, and the place's end.
    virtual std::unique_ptr<FileSink> takeFile() = 0;
};

/// A temporary file of the spool. FileNoSpace …
Outcome<std::unique_ptr<SealedPlace>> sealIntoFile(const Services& services);

/// The object itself: what is written is on its way to the store at once, and is read back from there. What `access`
/// and `begun` borrow must outlive it.
std::unique_ptr<SealedPlace> sealIntoStore(const Services& services, const StoreAccess& access,
                                           const StreamedObject& object, const BegunUploadFn& begun,
                                           const Cancel& cancel);

} // namespace sealwright
