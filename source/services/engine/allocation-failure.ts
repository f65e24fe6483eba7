/**
How llama.cpp, the C++ runtime or a GPU's driver says that an allocation failed; what is thrown or signalled with it only says that something did.
*/
export const allocationFailure = /failed to allocate|out of memory|unable to allocate|cannot allocate|bad_alloc|not enough (?:memory|space)|insufficient memory/iv;
