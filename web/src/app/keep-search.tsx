import { Navigate, useLocation } from 'react-router';

/** Goes to another page for the same person on the same site. */
export function KeepSearch({ to }: { readonly to: string }) {
  const { search } = useLocation();
  return <Navigate to={{ pathname: to, search }} replace />;
}
